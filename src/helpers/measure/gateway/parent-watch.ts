/** A thread that does nothing but end its process when the parent is gone, however busy the main thread is. */
import { endWithParent } from '../../targets/end-with-parent.ts'

endWithParent().ref()
