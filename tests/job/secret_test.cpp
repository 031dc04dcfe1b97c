// SPDX-License-Identifier: Apache-2.0
#include "job/secret.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "job/lint.hpp"

using namespace sluice::job;
namespace fs = std::filesystem;

namespace {

OptionTable secret_table() {
  Option password{.name = "password", .flags = SLUICE_SECRET, .aliases = {"pw"}};
  Option host{.name = "host"};
  Option shards{.name = "connection", .types = SLUICE_ARRAY, .element_types = SLUICE_OBJECT};
  shards.children = OptionTable({password, host});
  return OptionTable({password, host, shards});
}

// A directory with a script and files of secrets, gone at the end.
struct Place {
  fs::path directory;
  SecretRules rules;
  Problems problems;

  Place() {
    std::string name = (fs::temp_directory_path() / "sluice-secret-XXXXXX").string();
    directory = ::mkdtemp(name.data());
    ::setenv("SLUICE_TEST_SECRET", "$a${b}\"c", 1);
    ::unsetenv("SLUICE_TEST_NONE");
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { fs::remove_all(directory); }

  void write(const std::string& name, const std::string& text, fs::perms mode = fs::perms::owner_read) {
    std::ofstream(directory / name) << text;
    fs::permissions(directory / name, mode);
  }
  std::string resolved(const std::string& text) {
    problems = {};
    const std::string file = (directory / "j").string();
    auto document = Document::parse(text, problems);
    const auto values = Lint(*document, problems).object(document->root().as_object(), secret_table(), "");
    return boost::json::serialize(Secrets(rules).resolved(values, secret_table(), {*document, "", file}, problems));
  }
  std::string told() const { return problems.render("j"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(secret_test, Place)

BOOST_AUTO_TEST_CASE(from_the_environment_and_never_taken_apart_again) {
  BOOST_TEST(resolved(R"({"password": "${env:SLUICE_TEST_SECRET}", "host": "x"})") ==
             R"({"password":"$a${b}\"c","host":"x"})");
  BOOST_TEST(told() == "");
}

BOOST_AUTO_TEST_CASE(from_a_file_beside_the_script_without_the_end_of_its_line) {
  write("pw", "hunter2\r\n");
  BOOST_TEST(resolved(R"({"password": "${file:pw}"})") == R"({"password":"hunter2"})");
  BOOST_TEST(resolved(R"({"password": "${file:)" + (directory / "pw").string() + R"(}"})") ==
             R"({"password":"hunter2"})");
  BOOST_TEST(told() == "");
}

BOOST_AUTO_TEST_CASE(from_a_command_once_and_only_where_that_is_allowed) {
  const std::string script = R"({"password": "${command:echo x >> )" + (directory / "log").string() +
                             R"(; echo hunter3}", "connection": [{"password": "${command:exit 3}"}]})";
  resolved(script);
  BOOST_TEST(told().find("secrets by command are not allowed (--allow-command-secrets allows them)") !=
             std::string::npos);
  BOOST_TEST(!fs::exists(directory / "log"));
  rules.allow_commands = true;
  BOOST_TEST(resolved(script).find("hunter3") != std::string::npos);
  BOOST_TEST(told().find("connection[0].password: the command of the secret failed, exit code 3: exit 3") !=
             std::string::npos);
  BOOST_TEST(fs::file_size(directory / "log") == 2u);
}

BOOST_AUTO_TEST_CASE(inside_of_arrays_and_where_the_author_used_another_name) {
  BOOST_TEST(resolved("{\"pw\":\n  \"${env:SLUICE_TEST_NONE}\",\n\"connection\": [{\"host\": \"h\", \"pw\": "
                      "\"${env:SLUICE_TEST_SECRET}\"}]}") ==
             R"({"password":"${env:SLUICE_TEST_NONE}","connection":[{"host":"h","password":"$a${b}\"c"}]})");
  BOOST_TEST(told() ==
             "j:2:3: error: pw: no such variable in the environment: SLUICE_TEST_NONE (export SLUICE_TEST_NONE=...)\n");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_said) {
  write("empty", "\n");
  write("large", std::string(70'000, 'x'));
  const auto told_of = [&](const std::string& reference) {
    resolved(R"({"password": ")" + reference + R"("})");
    return told();
  };
  BOOST_TEST(told_of("${file:none}").find("cannot read the file of the secret, No such file or directory: ") !=
             std::string::npos);
  BOOST_TEST(told_of("${file:.}").find("a directory, not a file with a secret: ") != std::string::npos);
  BOOST_TEST(told_of("${file:empty}").find("the file of the secret is empty: ") != std::string::npos);
  BOOST_TEST(told_of("${file:large}").find("larger than 64 KiB: ") != std::string::npos);
  BOOST_TEST(told_of("${evn:X}") ==
             "j:1:14: error: password: no such way to a secret: evn (${env:NAME}, ${file:PATH} "
             "or ${command:...})\n");
}

BOOST_AUTO_TEST_CASE(offline_nothing_is_looked_up) {
  rules.resolve = false;
  BOOST_TEST(resolved(R"({"password": "${file:none}"})") == R"({"password":"${file:none}"})");
  BOOST_TEST(told() == "");
}

BOOST_AUTO_TEST_CASE(a_secret_in_a_file_that_others_can_read_is_a_warning) {
  const std::string script = R"({"password": "hunter2", "connection": [{"password": "hunter2"}]})";
  write("j", script, fs::perms::owner_read | fs::perms::group_read);
  resolved(script);
  BOOST_TEST(problems.warnings() == 1u);
  BOOST_TEST(told().find("password: a secret is written down in a file that others can read, mode 0440 (chmod 600 ") !=
             std::string::npos);
  BOOST_TEST(told().find("hunter2") == std::string::npos);
  fs::permissions(directory / "j", fs::perms::owner_read);
  resolved(script);
  BOOST_TEST(told() == "");
}

BOOST_AUTO_TEST_SUITE_END()
