// SPDX-License-Identifier: Apache-2.0
#include "engine/json_order.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <utility>

namespace sluice::engine {

namespace json = boost::json;

json::value in_order(const json::value& value) {
  if (const auto* object = value.if_object()) {
    std::map<std::string, json::value> members;
    for (const auto& [key, member] : *object) members[std::string(key)] = in_order(member);
    json::object object_in_order;
    for (auto& [key, member] : members) object_in_order[key] = std::move(member);
    return object_in_order;
  }
  const auto* array = value.if_array();
  if (array == nullptr) return value;
  json::array copy;
  for (const auto& element : *array) copy.push_back(in_order(element));
  return copy;
}

}  // namespace sluice::engine
