import { tQuantile } from "../../lib/statistics/t_quantile.ts";
import { close } from "../golden/golden.ts";

Deno.test("tQuantile() is what SciPy 1.17.1 gives", () => {
  close(tQuantile(0.975, 1), 12.706204736174694, 1e-10, "1 degree of freedom");
  close(tQuantile(0.975, 3), 3.182446305283708, 1e-12, "3");
  close(tQuantile(0.95, 30), 1.697260886593957, 1e-12, "30");
  close(tQuantile(0.501, 5), 0.002634309180336549, 1e-12, "hardly more than half");
});
