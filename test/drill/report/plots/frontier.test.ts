import assert from "node:assert/strict";
import fc from "fast-check";
import { cheapestFirst, frontierOf, settingText } from "../../../../drill/report/plots/frontier";
import type { FrontierSetting } from "../../../../drill/report/plots/plot-data";

const setting = (monthlyUsd: number, p95Seconds: number, failureThreshold = 3): FrontierSetting => ({
  intervalSeconds: 10,
  failureThreshold,
  ttlSeconds: 60,
  monthlyUsd,
  p50Seconds: p95Seconds / 2,
  p95Seconds,
});

describe("drill/report/plots/frontier", () => {
  it("keeps what no other beats, cheapest first", () => {
    const [cheap, middle, fast] = [setting(2, 100), setting(3, 60), setting(5, 30)];
    assert.deepEqual(frontierOf([setting(4, 60), fast, setting(3, 61), middle, setting(2, 101), cheap]), [
      cheap,
      middle,
      fast,
    ]);
  });

  it("takes the first of equals, in the order of their settings", () => {
    assert.deepEqual(frontierOf([setting(2, 100, 3), setting(2, 100, 1)]), [setting(2, 100, 1)]);
    assert.deepEqual(frontierOf([]), []);
  });

  it("names a setting", () => {
    assert.equal(settingText(setting(1, 1, 1)), "every 10 s, 1 failure, TTL 60 s");
    assert.equal(settingText(setting(1, 1, 3)), "every 10 s, 3 failures, TTL 60 s");
  });

  it("is beaten by no setting, and leaves out none that is not beaten", () => {
    const amount = fc.integer({ min: 1, max: 9 });
    const settings = fc.array(
      fc.tuple(amount, amount).map(([usd, p95]) => setting(usd, p95)),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(settings, (all) => {
        const unbeaten = all.filter((one) =>
          all.every(
            (other) =>
              other.monthlyUsd > one.monthlyUsd ||
              other.p95Seconds > one.p95Seconds ||
              (other.monthlyUsd === one.monthlyUsd && other.p95Seconds === one.p95Seconds),
          ),
        );
        const points = (of: readonly FrontierSetting[]) => [
          ...new Set(cheapestFirst(of).map(({ monthlyUsd, p95Seconds }) => `${monthlyUsd} ${p95Seconds}`)),
        ];
        assert.deepEqual(points(frontierOf(all)), points(unbeaten));
      }),
    );
  });
});
