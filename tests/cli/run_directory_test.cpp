// SPDX-License-Identifier: Apache-2.0
#include "cli/run_directory.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <optional>

#include "scratch.hpp"

using namespace sluice::cli;
namespace fs = std::filesystem;

namespace {

// Sets a variable of the environment for a while; nothing removes it.
class Variable {
 public:
  Variable(const char* name, std::optional<std::string> value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    set(value);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { set(old_); }

 private:
  void set(const std::optional<std::string>& value) {
    if (value) {
      setenv(name_, value->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  const char* name_;
  std::optional<std::string> old_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(run_directory_test, Scratch)

BOOST_AUTO_TEST_CASE(the_state_has_its_place) {
  Variable home("HOME", "/home/ann"), state("XDG_STATE_HOME", "/var/ann");
  BOOST_TEST(*state_directory("/asked") == fs::path("/asked"));
  BOOST_TEST(*state_directory("") == fs::path("/var/ann/sluice"));
  Variable relative("XDG_STATE_HOME", "relative");
  BOOST_TEST(*state_directory("") == fs::path("/home/ann/.local/state/sluice"));
  Variable homeless("HOME", std::nullopt);
  BOOST_TEST(state_directory("").error().text ==
             "there is no place for the run's state: neither XDG_STATE_HOME nor HOME is set "
             "(say where by --state-dir DIR)");
}

BOOST_AUTO_TEST_CASE(directories_are_for_their_owner_alone) {
  fs::path made = *make_run_directory(path / "a" / "state", "r1");
  BOOST_TEST(made == path / "a" / "state" / "runs" / "r1");
  for (const fs::path& each : {made, made.parent_path(), path / "a"}) {
    bool is_private = (fs::status(each).permissions() & fs::perms::mask) == fs::perms::owner_all;
    BOOST_TEST(is_private, each.string());
  }
  BOOST_TEST(make_run_directory(path / "a" / "state", "r2").has_value());
}

BOOST_AUTO_TEST_CASE(a_file_in_the_way_is_named) {
  write(path / "state", "");
  BOOST_TEST(make_run_directory(path / "state", "r").error().text ==
             "the run's directory cannot be made: " + (path / "state").string() +
                 ": File exists (name a place that can be written to by --state-dir)");
}

BOOST_AUTO_TEST_SUITE_END()
