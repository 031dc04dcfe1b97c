// SPDX-License-Identifier: Apache-2.0
#include "plugin/extensions.hpp"

#include <boost/test/unit_test.hpp>

#include "plugin/load.hpp"
#include "writing.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(extensions)

const Plugin& plain() { return load(hostile("harmless")).value().front(); }

BOOST_AUTO_TEST_CASE(checks_parameters_offline) {
  const TemporaryDirectory directory;
  Called called({{"complainOffline", true}, {"log", (directory / "log").string()}},
                {.step = "step", .flags = SLUICE_OFFLINE});
  BOOST_TEST(check_parameters(fault(Kind::reader), called).has_value());
  BOOST_TEST(called.heard.lines().front() == "error records|a rule that was to be broken|do not ask");
  BOOST_TEST(contents(directory / "log") == "step check offline\n");
  BOOST_TEST(why(check_parameters(fault(Kind::reader), Called({{"fail", "check"}, {"message", "no"}}))) ==
             "reader fault, check: no");
}

BOOST_AUTO_TEST_CASE(pings_in_steps) {
  const Ping good = ping(fault(Kind::writer), Called());
  BOOST_TEST(good.outcome.has_value());
  BOOST_REQUIRE(good.steps.size() == 2u);
  BOOST_TEST(good.steps[0].step == "resolve");
  BOOST_TEST(good.steps[0].outcome == "ok");
  BOOST_TEST(good.steps[0].detail == "127.0.0.1");
  const Ping bad = ping(fault(Kind::writer), Called({{"fail", "ping"}, {"message", "no"}}));
  BOOST_TEST(why(bad.outcome) == "writer fault, ping: no");
  BOOST_TEST(bad.steps[1].outcome == "failed");
}

BOOST_AUTO_TEST_CASE(plugins_without_extensions) {
  BOOST_TEST(check_parameters(plain(), Called()).has_value());
  BOOST_TEST(why(ping(plain(), Called()).outcome) == "reader harmless: the plugin has no sluice.ping/1");
  BOOST_TEST((extension<SluiceCheck>(fault(Kind::reader), "sluice.unknown/1").check == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
