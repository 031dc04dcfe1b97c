// SPDX-License-Identifier: Apache-2.0
#include "job/number_pattern.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <regex>

#include "job/quantity.hpp"

using namespace sluice::job;

namespace {

using Patterns = std::vector<std::regex>;

Patterns compiled(const std::vector<std::string>& patterns) { return {patterns.begin(), patterns.end()}; }

bool match(const Patterns& patterns, const std::string& text) {
  return std::all_of(patterns.begin(), patterns.end(),
                     [&](const std::regex& pattern) { return std::regex_search(text, pattern); });
}

constexpr UnitPattern sizes[] = {{"[bB]?", 1}, {"[kK](?:[iI]?[bB])?", 1024}, {"[mM](?:[iI]?[bB])?", 1 << 20}};

}  // namespace

BOOST_AUTO_TEST_SUITE(number_pattern_test)

BOOST_AUTO_TEST_CASE(every_whole_number_around_the_bounds) {
  for (const auto& [low, high] : {std::pair(0, 0), {0, 1}, {1, 1024}, {7, 9}, {10, 99}, {95, 105}, {100, 110}, {999, 1000}}) {
    const auto patterns = compiled(number_bounds({low, high}));
    for (int number = -3; number <= 1200; ++number) {
      const bool within = number >= low && number <= high;
      for (const char* around : {"", "00", " "}) {
        const std::string digits = std::to_string(std::abs(number));
        const std::string text = (number < 0 ? "-" : "") + std::string(around == std::string("00") ? "00" : "") + digits;
        BOOST_TEST(match(patterns, around == std::string(" ") ? " " + text + " " : text) == within,
                   text << " between " << low << " and " << high);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(fractions_and_what_digits_do_not_show) {
  const auto part = compiled(number_bounds({0, 1}));
  for (const char* text : {"0.5", ".5", "1.", "1.000", "-0", "-0.0", "1e-3", "0"}) BOOST_TEST(match(part, text), text);
  for (const char* text : {"1.01", "2", "-1", "-0.5"}) BOOST_TEST(!match(part, text), text);
  const auto factor = compiled(number_bounds({1, 100}));
  for (const char* text : {"1.5", "99.99", "100.0", "1e1"}) BOOST_TEST(match(factor, text), text);
  for (const char* text : {"0.99", ".9", "100.1", "-1e1"}) BOOST_TEST(!match(factor, text), text);
  BOOST_TEST(number_bounds({0.5, {}}).empty());
  BOOST_TEST(number_bounds({-1, {}}).empty());
  BOOST_TEST(number_bounds({}).empty());
}

BOOST_AUTO_TEST_CASE(units_as_the_host_reads_them) {
  constexpr double low = 3000, high = 5 << 20;
  const auto patterns = compiled(quantity_bounds({low, high}, sizes));
  for (const char* text : {"2999", "3000", "3000b", "2KiB", "3k", "2.9", "5242880", "5242881", "5MiB", "6 mb", "0.5MiB", " 3000 ", "03000"}) {
    const auto bytes = parse_bytes(text);
    const bool within = bytes && static_cast<double>(*bytes) >= low && static_cast<double>(*bytes) <= high;
    BOOST_TEST(match(patterns, text) == within, text);
  }
  BOOST_TEST(match(patterns, "2.95KiB"));  // 3020.8 bytes: no whole number, which is another pattern's matter
  BOOST_TEST(quantity_bounds({0, {}}, sizes).empty());
}

BOOST_AUTO_TEST_SUITE_END()
