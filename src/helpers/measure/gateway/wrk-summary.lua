-- What wrk has counted in one line for `wrk-load.ts`: microseconds, replies, bytes read, errors of connections, replies of
-- status 400 and above, timeouts.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("wiregauge %d %d %d %d %d %d\n", summary.duration, summary.requests, summary.bytes,
    errors.connect + errors.read + errors.write, errors.status, errors.timeout))
end
