// SPDX-License-Identifier: Apache-2.0
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include "plugin/probe_child.hpp"

namespace sluice::plugin {
namespace {

boost::json::object to_json(const Declared& plugin) {
  return {{"kind", static_cast<std::int32_t>(plugin.kind)},
          {"name", plugin.name},
          {"aliases", boost::json::value_from(plugin.aliases)},
          {"version", plugin.version},
          {"description", plugin.description}};
}

Declared from_json(const boost::json::value& value) {
  const boost::json::object& object = value.as_object();
  const auto text = [&](const char* key) { return boost::json::value_to<std::string>(object.at(key)); };
  return {.kind = static_cast<Kind>(object.at("kind").as_int64()),
          .name = text("name"),
          .aliases = boost::json::value_to<std::vector<std::string>>(object.at("aliases")),
          .version = text("version"),
          .description = text("description")};
}

}  // namespace

std::string probe_answer(const boost::system::result<std::vector<Declared>, Refusal>& probed) {
  if (!probed) return boost::json::serialize(boost::json::object{{"refused", probed.error().reason}});
  boost::json::array plugins;
  for (const Declared& plugin : *probed) plugins.push_back(to_json(plugin));
  return boost::json::serialize(boost::json::object{{"plugins", std::move(plugins)}});
}

boost::system::result<std::vector<Declared>, Refusal> read_probe_answer(const std::string& text) {
  try {
    const boost::json::value answer = boost::json::parse(text);
    const boost::json::object& object = answer.as_object();
    if (const auto* reason = object.if_contains("refused")) return Refusal{boost::json::value_to<std::string>(*reason)};
    std::vector<Declared> plugins;
    for (const auto& plugin : object.at("plugins").as_array()) plugins.push_back(from_json(plugin));
    return plugins;
  } catch (const std::exception&) {
    return Refusal{"answered nonsense when it was probed"};
  }
}

}  // namespace sluice::plugin
