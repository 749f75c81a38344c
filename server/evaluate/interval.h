// What 95 % confidence leaves open of a share.
#pragma once

namespace homeward {

struct Interval {
  double low = 0;
  double high = 0;
};

// Wilson's score interval for the share `p` (0 to 1) of `n` (> 0) independent trials. Never of zero
// width, also where all or none were hits: there it says what the rule of three says.
Interval WilsonInterval(double p, double n);

}  // namespace homeward
