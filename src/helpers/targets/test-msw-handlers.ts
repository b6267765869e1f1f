import { HttpResponse, http, passthrough, type RequestHandler } from 'msw'

const origin = 'https://api.example.com'

/** For tests: one handler, where a list is expected. */
export const handler: RequestHandler = http.get(`${origin}/items/:id`, ({ params, request }) =>
  HttpResponse.json({
    id: params['id'],
    expand: new URL(request.url).searchParams.get('expand'),
    host: request.headers.get('host'),
  }),
)

/** For tests: handlers as a project has them. */
export const handlers: RequestHandler[] = [
  handler,
  http.get('/relative', () => HttpResponse.text('relative')),
  http.post<never, { name: string }>(`${origin}/items`, async ({ request }) =>
    HttpResponse.json({ made: (await request.json()).name }, { status: 201 }),
  ),
  http.delete(`${origin}/items/:id`, () => new HttpResponse(null, { status: 204 })),
  http.post<never, { query: string }>('/graphql', async ({ request }) =>
    HttpResponse.json((await request.json()).query.includes('item') ? { data: { item: { id: 42 } } } : { errors: [] }),
  ),
  http.get('/throws', () => {
    throw new Error('the handler is broken')
  }),
  http.get('/cookies', () => {
    const headers = new Headers()
    headers.append('set-cookie', 'a=1')
    headers.append('set-cookie', 'b=2')
    return new HttpResponse('', { headers })
  }),
  http.get('/error', () => HttpResponse.error()),
  http.get('/passed', () => passthrough()),
  http.get('/once', () => HttpResponse.text('first'), { once: true }),
  http.get('/once', () => HttpResponse.text('second')),
]
