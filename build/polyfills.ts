/** What the library uses of JavaScript and not every Node 20 and browser has; what is there stays as it is. */

import "core-js/actual/array/from-async.js";
import "core-js/actual/iterator/index.js";
import "core-js/actual/map/group-by.js";
import "core-js/actual/promise/try.js";
import "core-js/actual/promise/with-resolvers.js";
import "core-js/actual/set/index.js";
import "core-js/actual/symbol/dispose.js";
import "core-js/actual/typed-array/from-base64.js";
import "core-js/actual/typed-array/to-hex.js";
import "core-js/actual/url/can-parse.js";
import "core-js/actual/url/parse.js";
