import { testFormats } from "../fuzz/test_formats.ts";

testFormats(3000, true);
