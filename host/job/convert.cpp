// SPDX-License-Identifier: Apache-2.0
#include "job/convert.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <cmath>

#include "job/coerce.hpp"
#include "job/convert_step.hpp"
#include "job/foreign_script.hpp"
#include "job/path.hpp"
#include "sluice/plugin.h"

namespace sluice::job {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr double megabyte = 1 << 20;

const object* object_at(const object& from, std::string_view key) {
  const value* found = from.if_contains(key);
  return found == nullptr ? nullptr : found->if_object();
}

class Conversion {
 public:
  Conversion(const Document& old, Problems& notes) : old_(old), notes_(notes) {}

  std::optional<object> run() {
    const object* root = old_.root().if_object();
    ScriptShape shape = root != nullptr ? recognise(*root) : ScriptShape::job;
    if (shape == ScriptShape::job) {
      error({}, "neither a DataX script nor one of version 1.0, there is nothing to convert",
            root != nullptr && root->contains("steps") ? "it is a script of version 2.0 already" : "");
      return {};
    }
    bool good = shape == ScriptShape::datax ? datax(*root) : version1(*root);
    if (!good) return {};
    return object{{"type", "job"}, {"version", "2.0"}, {"steps", steps_}, {"setting", setting_}, {"order", order()}};
  }

 private:
  bool datax(const object& root) {
    const object& job = root.at("job").get_object();
    const array* content = job.at("content").if_array();
    const object* first = content != nullptr && !content->empty() ? content->front().if_object() : nullptr;
    if (first == nullptr) return error("job.content", "there is no reader and no writer in it", {});
    if (content->size() > 1) {
      warning("job.content[1]", "only the first element is carried over", "convert each into a job of its own");
    }
    const std::string path = "job.content[0]";
    if (!side(*first, "reader", path)) return false;
    transformers(*first, path);
    if (!side(*first, "writer", path)) return false;
    for (const auto& member : *first) {
      if (!is_one_of(member.key(), {"reader", "writer", "transformer"})) without(join_path(path, member.key()));
    }
    if (const object* setting = object_at(job, "setting")) settings(*setting, "job.setting");
    for (const auto& member : job) {
      if (!is_one_of(member.key(), {"content", "setting"})) without(join_path("job", member.key()));
    }
    leftovers(root);
    return true;
  }

  void leftovers(const object& root) {
    for (const auto& member : root) {
      if (member.key() == "job") continue;
      const object* common = member.key() == "common" ? member.value().if_object() : nullptr;
      const object* column = common != nullptr ? object_at(*common, "column") : nullptr;
      if (column != nullptr && column->contains("timeZone")) {
        setting_["common"] = object{{"column", object{{"timeZone", column->at("timeZone")}}}};
        for (const auto& other : *column) {
          if (other.key() != "timeZone") without(join_path("common.column", other.key()));
        }
        for (const auto& other : *common) {
          if (other.key() != "column") without(join_path("common", other.key()));
        }
      } else {
        without(member.key());
      }
    }
  }

  // The setting of version 1.0 is ours, but for the rate.
  bool version1(const object& root) {
    const object& configuration = root.at("configuration").get_object();
    if (!side(configuration, "reader", "configuration") || !side(configuration, "writer", "configuration"))
      return false;
    if (const object* setting = object_at(configuration, "setting")) setting_ = *setting;
    if (object* speed = setting_.contains("speed") ? setting_.at("speed").if_object() : nullptr) rate_holds(*speed);
    return true;
  }

  // Version 1.0 has no switch for the rate.
  void rate_holds(object& speed) {
    if (!speed.contains("mbps") || speed.contains("throttle")) return;
    speed["throttle"] = true;
    warning("configuration.setting.speed.mbps", "holds for the whole job, as setting.speed.throttle says now", {});
  }

  bool side(const object& from, std::string_view side, const std::string& path) {
    const object* old = object_at(from, side);
    if (old == nullptr) return error(path, "there is no " + std::string(side) + " in it", {});
    ConvertedStep step = convert_step(*old, side, join_path(path, side), old_, notes_);
    add_step(side == "reader" ? "Reader" : "Writer", side, step.step_type, std::move(step.parameter));
    return true;
  }

  void transformers(const object& from, const std::string& path) {
    const value* list = from.if_contains("transformer");
    if (list == nullptr || !list->is_array()) return;
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
      const object* transformer = list->get_array()[i].if_object();
      const value* name = transformer != nullptr ? transformer->if_contains("name") : nullptr;
      std::string place = join_path(join_path(path, "transformer"), i);
      if (name == nullptr || !name->is_string()) {
        without(place);
        continue;
      }
      const object* parameter = object_at(*transformer, "parameter");
      add_step("Processor" + std::to_string(i + 1), "processor", name->get_string(),
               parameter != nullptr ? *parameter : object());
      warning(place, "kept as a processor of the same name: " + std::string(name->get_string()),
              "`sluice plugins` tells whether there is such a plugin; without it the job is refused");
    }
  }

  void add_step(std::string_view name, std::string_view category, std::string_view step_type, object parameter) {
    steps_.push_back(
        object{{"stepType", step_type}, {"parameter", std::move(parameter)}, {"name", name}, {"category", category}});
  }

  void settings(const object& old, const std::string& path) {
    for (const auto& member : old) {
      std::string place = join_path(path, member.key());
      const object* inside = member.value().if_object();
      if (member.key() == "speed" && inside != nullptr)
        speed(*inside, place);
      else if (member.key() == "errorLimit" && inside != nullptr)
        error_limit(*inside, place);
      else
        without(place);
    }
  }

  void speed(const object& old, const std::string& path) {
    object speed;
    for (const auto& member : old) {
      std::string place = join_path(path, member.key());
      std::optional<double> amount = number(member.value(), place);
      // Nothing and -1 mean "no limit" there.
      if (is_one_of(member.key(), {"channel", "byte", "record"}) && amount && *amount <= 0) continue;
      if (member.key() == "channel" && amount) {
        speed["concurrent"] = static_cast<std::int64_t>(*amount);
      } else if (member.key() == "byte" && amount) {
        speed["mbps"] = mbps(*amount, place);
      } else if (member.key() == "record" && amount) {
        speed["recordsPerSecond"] = static_cast<std::int64_t>(*amount);
      } else {
        without(place);
      }
    }
    speed["throttle"] = speed.contains("mbps") || speed.contains("recordsPerSecond");
    setting_["speed"] = std::move(speed);
  }

  value mbps(double bytes, const std::string& place) {
    double rate = bytes / megabyte;
    if (rate < 1) {
      warning(place, "less than the least throttle, so it becomes 1 MB/s", {});
      return 1;
    }
    if (rate == std::floor(rate)) return static_cast<std::int64_t>(rate);
    return rate;
  }

  void error_limit(const object& old, const std::string& path) {
    object limit;
    for (const auto& member : old) {
      if (is_one_of(member.key(), {"record", "percentage"}))
        limit[member.key()] = member.value();
      else
        without(join_path(path, member.key()));
    }
    setting_["errorLimit"] = std::move(limit);
  }

  std::optional<double> number(const value& given, const std::string& path) {
    auto result = coerce(given, old_.written(path), SLUICE_NUMBER);
    return result ? std::optional(result->to_number<double>()) : std::nullopt;
  }

  object order() const {
    array hops;
    for (std::size_t i = 0; i + 1 < steps_.size(); ++i) {
      hops.push_back(object{{"from", steps_[i].at("name")}, {"to", steps_[i + 1].at("name")}});
    }
    return {{"hops", std::move(hops)}};
  }

  static bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }

  void without(const std::string& path) { warning(path, "no equivalent, left out", {}); }

  void warning(const std::string& path, std::string text, std::string advice) {
    report_key(old_, notes_, Severity::warning, path, std::move(text), std::move(advice));
  }

  bool error(const std::string& path, std::string text, std::string advice) {
    report_value(old_, notes_, Severity::error, path, std::move(text), std::move(advice));
    return false;
  }

  const Document& old_;
  Problems& notes_;
  array steps_;
  object setting_;
};

}  // namespace

std::optional<object> convert(const Document& old, Problems& notes) { return Conversion(old, notes).run(); }

}  // namespace sluice::job
