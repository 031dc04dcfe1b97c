// SPDX-License-Identifier: Apache-2.0
#include "plugin/split.hpp"

#include <boost/test/unit_test.hpp>

#include "plugin/sized.hpp"
#include "plugin/text.hpp"

namespace sluice::plugin {

BOOST_AUTO_TEST_SUITE(split)

const Split example = {.key = "k",
                       .payload = std::string("a\0b", 3),
                       .label = "id 1..2",
                       .fingerprint = "f",
                       .stable = true,
                       .records = 2,
                       .bytes = 30};

Result<std::vector<Split>> planned(std::initializer_list<Split> splits) {
  PlanCollector collector;
  for (const Split& split : splits) {
    const SluiceSplit raw = split.raw();
    collector.sink()->add(collector.sink(), &raw);
  }
  return std::move(collector).finish("reader x, plan");
}

Split keyed(std::string key) {
  Split split = example;
  split.key = std::move(key);
  return split;
}

BOOST_AUTO_TEST_CASE(comes_through_whole) {
  BOOST_TEST((planned({example}).value().front() == example));
  BOOST_TEST(planned({}).value().empty());
}

BOOST_AUTO_TEST_CASE(what_an_older_plugin_lacks_is_zero) {
  PlanCollector collector;
  SluiceSplit raw = example.raw();
  raw.struct_size = offsetof(SluiceSplit, records);
  collector.sink()->add(collector.sink(), &raw);
  const Split split = std::move(collector).finish("").value().front();
  BOOST_TEST(split.key == "k");
  BOOST_TEST(split.records == 0);
  BOOST_TEST(split.bytes == 0);
}

BOOST_AUTO_TEST_CASE(plans_that_cannot_be) {
  const auto why = [](const auto& result) { return result ? "" : result.error().message; };
  const std::string broke = "the plugin broke a rule of its interface: ";
  BOOST_TEST(why(planned({keyed("a"), keyed("b"), keyed("a")})) == broke + "two splits with one key: a");
  BOOST_TEST(why(planned({keyed("")})) == broke + "a split without a key");
  BOOST_TEST(why(planned({keyed("\xFF")})) == broke + "a split whose key is not UTF-8: \uFFFD");
  BOOST_TEST(why(planned({keyed(std::string(2000, 'k'))})) == broke + "a split key of 2000 bytes");
  Split heavy = example;
  heavy.payload = std::string(max_split_payload, 'x');
  BOOST_TEST(planned({heavy}).has_value());
  heavy.payload += 'x';
  BOOST_TEST(why(planned({heavy})) == broke + "a split payload of 65537 bytes, more than 65536: split k");
  Split printed = example;
  printed.fingerprint = std::string(max_split_fingerprint, 'x');
  BOOST_TEST(planned({printed}).has_value());
  printed.fingerprint += 'x';
  BOOST_TEST(why(planned({printed})) == broke + "a split fingerprint of 1025 bytes, more than 1024: split k");
  printed.fingerprint = "\xFF";
  BOOST_TEST(why(planned({printed})) == broke + "a split whose fingerprint is not UTF-8: split k");
}

BOOST_AUTO_TEST_CASE(estimates_are_summed_while_they_are_known_and_sane) {
  const auto sum = [](std::initializer_list<std::int64_t> estimates) {
    std::vector<Split> splits;
    for (const std::int64_t records : estimates) splits.push_back({.key = "k", .records = records});
    return total(splits, &Split::records);
  };
  BOOST_TEST(sum({}) == 0);
  BOOST_TEST(sum({1, 2, 3}) == 6);
  BOOST_TEST(sum({1, -1, 3}) == -1);
  BOOST_TEST(sum({INT64_MAX, 0}) == INT64_MAX);
  BOOST_TEST(sum({INT64_MAX, 1}) == -1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sluice::plugin
