// SPDX-License-Identifier: Apache-2.0
#include "plugin/parameters.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "job/path.hpp"

namespace sluice::plugin {
namespace {

const boost::json::value* step_into(const boost::json::value& value, const job::PathSegment& segment) {
  if (const auto* key = std::get_if<std::string>(&segment))
    return value.is_object() ? value.get_object().if_contains(*key) : nullptr;
  return value.is_array() ? value.get_array().if_contains(std::get<std::size_t>(segment)) : nullptr;
}

}  // namespace

Parameters::Parameters(boost::json::object object) : root_(std::move(object)), text_(boost::json::serialize(root_)) {}

const boost::json::value* Parameters::at(std::string_view path) const {
  const auto segments = job::split_path(path);
  if (!segments) return nullptr;
  const boost::json::value* value = &root_;
  for (const job::PathSegment& segment : *segments)
    if (value = step_into(*value, segment); value == nullptr) return nullptr;
  return value->is_null() ? nullptr : value;
}

std::optional<std::string_view> Parameters::string(std::string_view path) const {
  const auto* value = at(path);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

std::optional<std::int64_t> Parameters::integer(std::string_view path) const {
  const auto* value = at(path);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

std::optional<double> Parameters::number(std::string_view path) const {
  const auto* value = at(path);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

std::optional<bool> Parameters::boolean(std::string_view path) const {
  const auto* value = at(path);
  if (value == nullptr || !value->is_bool()) return std::nullopt;
  return value->get_bool();
}

std::size_t Parameters::size(std::string_view path) const {
  const auto* value = at(path);
  return value != nullptr && value->is_array() ? value->get_array().size() : 0;
}

}  // namespace sluice::plugin
