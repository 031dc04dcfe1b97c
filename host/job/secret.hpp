// SPDX-License-Identifier: Apache-2.0
//
// Secrets by reference: ${env:NAME}, ${file:PATH} and, where it is allowed, ${command:...}, in options that are
// flagged SLUICE_SECRET and nowhere else. Every other $ in a secret is a $.
//
//   job::Secrets secrets({.allow_commands = true});
//   values = secrets.resolved(linted, table, {document, "steps[0].parameter", "job.json"}, problems);
//
// What comes out holds the secrets: it goes to the plugin and to nobody else. People and the run's state get the
// linted object through redacted(), which leaves references as they are.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "job/document.hpp"
#include "job/option.hpp"
#include "job/problem.hpp"
#include "job/secret_source.hpp"

namespace sluice::job {

struct SecretRules {
  bool resolve = true;          // false: references stay as they are, nothing is read
  bool allow_commands = false;  // ${command:...}
};

// Where an object stands, for the places of problems.
struct Origin {
  const Document& document;
  std::string path;  // of the object
  std::string file;  // that holds the document; "-" is none. Paths of ${file:...} start in its directory
};

// Remembers what a reference said, so that a command is executed once. Not thread-safe.
class Secrets {
 public:
  explicit Secrets(SecretRules rules = {}) : rules_(rules) {}

  // A copy of a linted object with the secrets in place. Warns about those that are written down in a file that
  // others can read.
  boost::json::object resolved(const boost::json::object& values, const OptionTable& table, const Origin& origin,
                               Problems& problems);

 private:
  boost::json::value inside(const boost::json::value& value, const OptionTable& table, const Origin& origin,
                            Problems& problems);
  boost::json::value secret(const boost::json::value& value, const Option& option, const Origin& origin,
                            Problems& problems);
  // The text with all its references replaced.
  SecretAnswer replaced(std::string_view text, const Origin& origin);
  SecretAnswer look_up(std::string_view scheme, std::string_view subject, const Origin& origin);
  void warn_of_readers(const Origin& origin, Problems& problems);

  SecretRules rules_;
  std::map<std::string, std::string> known_;
  std::set<std::string> warned_;  // files
};

}  // namespace sluice::job
