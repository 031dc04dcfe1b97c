// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::plugin {

// A step's parameters as its plugin sees them: one object, coerced and complete, read by path ("a.b[3].c"). Secrets
// are in here: never print it. Does not change once made; any thread may read.
class Parameters {
 public:
  explicit Parameters(boost::json::object object);

  const boost::json::object& object() const { return root_.get_object(); }
  const std::string& text() const { return text_; }

  // What is at a path; NULL when there is nothing or JSON's null.
  const boost::json::value* at(std::string_view path) const;

  // Typed: nothing when absent or of another type. A string stays valid as long as this object.
  std::optional<std::string_view> string(std::string_view path) const;
  std::optional<std::int64_t> integer(std::string_view path) const;
  std::optional<double> number(std::string_view path) const;
  std::optional<bool> boolean(std::string_view path) const;
  std::size_t size(std::string_view path) const;

 private:
  boost::json::value root_;  // an object
  std::string text_;
};

}  // namespace sluice::plugin
