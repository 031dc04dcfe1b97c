// SPDX-License-Identifier: Apache-2.0
#include "engine/scratch.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/durable_file.hpp"
#include "scratch_directory.hpp"

using namespace sluice::engine;

BOOST_AUTO_TEST_SUITE(scratch_test)

BOOST_AUTO_TEST_CASE(it_goes_with_its_object) {
  const ScratchDirectory state;
  {
    const auto scratch = Scratch::make(state.path);
    BOOST_REQUIRE(scratch);
    BOOST_REQUIRE(replace_durably(scratch->path() / "values", "1"));
    BOOST_TEST((std::filesystem::status(scratch->path()).permissions() == std::filesystem::perms::owner_all));
  }
  BOOST_TEST(std::filesystem::is_empty(state.path / "locks"));
  BOOST_TEST(std::filesystem::remove(state.path / "locks"));
  BOOST_TEST(std::filesystem::is_empty(state.path));
}

BOOST_AUTO_TEST_CASE(what_a_dead_process_left_is_swept_and_nothing_else) {
  const ScratchDirectory state;
  const auto in_use = Scratch::make(state.path);
  BOOST_REQUIRE(in_use);
  for (const char* name : {"scratch-of-the-dead", "runs"}) {
    std::filesystem::create_directories(state.path / name);
    BOOST_REQUIRE(replace_durably(state.path / name / "values", "1"));
  }
  Scratch::sweep(state.path);
  BOOST_TEST(std::filesystem::exists(in_use->path()));
  BOOST_TEST(!std::filesystem::exists(state.path / "scratch-of-the-dead"));
  BOOST_TEST(std::filesystem::exists(state.path / "runs" / "values"));
}

BOOST_AUTO_TEST_SUITE_END()
