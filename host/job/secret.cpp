// SPDX-License-Identifier: Apache-2.0
#include "job/secret.hpp"

#include <sys/stat.h>

#include <array>
#include <boost/json/array.hpp>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "job/secret_reference.hpp"
#include "job/suggest.hpp"

namespace sluice::job {
namespace {

namespace fs = std::filesystem;
using boost::json::value;

std::string octal(unsigned mode) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04o", mode);
  return text.data();
}

// The spelling under which the option stands in the text.
std::string written_path(const Option& option, const Origin& origin) {
  std::vector<std::string> spellings = option.aliases;
  spellings.insert(spellings.begin(), option.name);
  for (const std::string& spelling : spellings) {
    std::string path = join_path(origin.path, spelling);
    if (!origin.document.written(path).empty() || origin.document.overridden(path)) return path;
  }
  return join_path(origin.path, option.name);
}

}  // namespace

boost::json::object Secrets::resolved(const boost::json::object& values, const OptionTable& table, const Origin& origin,
                                      Problems& problems) {
  boost::json::object result;
  for (const auto& member : values) {
    const Option* option = table.find(member.key());
    const bool is_secret = option != nullptr && option->has(SLUICE_SECRET);
    if (option == nullptr || (!is_secret && option->children.empty())) {
      result[member.key()] = member.value();
      continue;
    }
    const Origin at{origin.document, written_path(*option, origin), origin.file};
    result[member.key()] =
        is_secret ? secret(member.value(), *option, at, problems) : inside(member.value(), option->children, at, problems);
  }
  return result;
}

value Secrets::inside(const value& given, const OptionTable& table, const Origin& origin, Problems& problems) {
  if (const boost::json::object* object = given.if_object()) return resolved(*object, table, origin, problems);
  const boost::json::array* array = given.if_array();
  if (array == nullptr) return given;
  boost::json::array result;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const Origin at{origin.document, join_path(origin.path, i), origin.file};
    result.push_back(inside((*array)[i], table, at, problems));
  }
  return result;
}

value Secrets::secret(const value& given, const Option& option, const Origin& origin, Problems& problems) {
  if (!given.is_string()) return given;
  const std::string_view text = given.get_string();
  const bool is_written = option.has(SLUICE_KEYWORDS) ? holds_password(text) : !text.empty();
  if (is_written && !holds_reference(text)) warn_of_readers(origin, problems);
  if (std::string scheme = unknown_scheme(text); !scheme.empty()) {
    report_value(origin.document, problems, Severity::error, origin.path, "no such way to a secret: " + scheme,
                 "${env:NAME}, ${file:PATH} or ${command:...}");
    return given;
  }
  if (!rules_.resolve) return given;
  auto answer = replaced(text, origin);
  if (answer) return boost::json::string(*answer);
  report_value(origin.document, problems, Severity::error, origin.path, answer.error().text, answer.error().advice);
  return given;
}

SecretAnswer Secrets::replaced(std::string_view text, const Origin& origin) {
  std::string result;
  for (const SecretPiece& piece : secret_pieces(text)) {
    if (piece.scheme.empty()) {
      result += piece.text;
      continue;
    }
    auto answer = look_up(piece.scheme, piece.text, origin);
    if (!answer) return answer;
    result += *answer;
  }
  return {boost::system::in_place_value, std::move(result)};
}

SecretAnswer Secrets::look_up(std::string_view scheme, std::string_view subject, const Origin& origin) {
  if (scheme == "command" && !rules_.allow_commands)
    return SecretTrouble{"secrets by command are not allowed", "--allow-command-secrets allows them"};
  std::string name(subject);
  if (scheme == "file" && fs::path(name).is_relative() && origin.file != "-")
    name = (fs::path(origin.file).parent_path() / name).string();
  const std::string key = std::string(scheme) + ':' + name;
  if (auto known = known_.find(key); known != known_.end()) return {boost::system::in_place_value, known->second};
  SecretAnswer answer = scheme == "env"    ? secret_of_variable(name)
                        : scheme == "file" ? secret_of_file(name)
                                           : secret_of_command(name);
  if (answer) known_[key] = *answer;
  return answer;
}

void Secrets::warn_of_readers(const Origin& origin, Problems& problems) {
  struct ::stat status {};
  if (origin.file == "-" || origin.document.overridden(origin.path)) return;
  if (::stat(origin.file.c_str(), &status) != 0 || (status.st_mode & (S_IRGRP | S_IROTH)) == 0) return;
  if (!S_ISREG(status.st_mode) || !warned_.insert(origin.file).second) return;
  report_value(origin.document, problems, Severity::warning, origin.path,
               "a secret is written down in a file that others can read, mode " + octal(status.st_mode & 07777),
               "chmod 600 " + origin.file + ", or refer to it: ${env:NAME}, ${file:PATH}");
}

}  // namespace sluice::job
