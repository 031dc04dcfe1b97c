// SPDX-License-Identifier: Apache-2.0
//
// order_steps: from a list of steps and hops to the one way that records take.
#include <algorithm>
#include <boost/json/array.hpp>
#include <map>
#include <set>

#include "job/path.hpp"
#include "job/step.hpp"
#include "job/suggest.hpp"

namespace sluice::job {
namespace {

struct Hop {
  std::string from;
  std::string to;
  std::string path;
};

class Order {
 public:
  Order(std::vector<Step> steps, const Document& document, Problems& problems)
      : document_(document), problems_(problems), steps_(std::move(steps)) {}

  std::optional<std::vector<Step>> run(const boost::json::object* order) {
    bool readable = read_hops(order);
    bool named = name_steps();
    if (!one_of_each()) return {};
    if (hops_.empty() || !readable || !named || !known_ends() || !one_way()) return in_script_order();
    std::vector<Step> way = along_hops();
    return way.empty() ? in_script_order() : way;
  }

 private:
  bool read_hops(const boost::json::object* order) {
    const boost::json::value* list = order != nullptr ? order->if_contains("hops") : nullptr;
    std::size_t count = list != nullptr ? list->get_array().size() : 0;
    for (std::size_t i = 0; i < count; ++i) {
      const boost::json::object* hop = list->get_array()[i].if_object();
      if (hop == nullptr || !hop->contains("from") || !hop->contains("to")) continue;  // a problem already
      hops_.push_back({std::string(hop->at("from").get_string()), std::string(hop->at("to").get_string()),
                       join_path("order.hops", i)});
    }
    return hops_.size() == count;
  }

  // Names must be there when hops need them; each belongs to one step.
  bool name_steps() {
    bool good = true;
    for (Step& step : steps_) {
      if (step.is_empty_processor()) {
        if (!step.name.empty()) bypassed_.insert(step.name);
        continue;
      }
      if (step.name.empty() && hops_.empty()) {
        // For messages and the summary only.
        step.name = step.is_reader() ? "Reader" : step.is_writer() ? "Writer" : step.step_type;
        continue;
      }
      if (step.name.empty()) {
        good = error(join_path(step.path(), "name"), "required and not set", "order.hops names the steps");
      } else if (auto [first, added] = by_name_.emplace(step.name, &step); !added) {
        good = error(join_path(step.path(), "name"),
                     "the name of an earlier step too, " + first->second->path() + ": " + step.name,
                     "give each step a name of its own");
      }
    }
    return good;
  }

  bool one_of_each() {
    bool reader = exactly_one("reader", "a job has one reader, this is another one",
                              "run one job for each source, or read several tables of one shape through `connection`");
    bool writer =
        exactly_one("writer", "a job has one writer, this is another one", "run one job for each destination");
    return reader && writer;
  }

  bool exactly_one(std::string_view category, const char* several, const char* advice) {
    std::size_t count = 0;
    bool good = true;
    for (const Step& step : steps_) {
      if (step.category == category && ++count > 1) good = error(step.path(), several, advice);
    }
    if (count == 0) {
      std::string word(category);
      good = error("steps", "no " + word + " among the steps", "one step has the category " + word);
    }
    return good;
  }

  bool known_ends() {
    std::vector<std::string> names;
    for (const auto& [name, step] : by_name_) names.push_back(name);
    bool good = true;
    for (const Hop& hop : hops_) {
      for (auto [key, name] : {std::pair("from", &hop.from), std::pair("to", &hop.to)}) {
        if (by_name_.contains(*name) || bypassed_.contains(*name)) continue;
        good = error(join_path(hop.path, key), "no step of that name: " + *name, did_you_mean(*name, names));
      }
    }
    return good;
  }

  // At most one hop into and out of each step.
  bool one_way() {
    bool good = true;
    std::set<std::string> entered;
    for (const Hop& hop : hops_) {
      if (!leave_.emplace(hop.from, &hop).second) {
        good = error(join_path(hop.path, "from"), "a second hop from the same step: " + hop.from,
                     "records take one way; run one job for each destination");
      }
      if (!entered.insert(hop.to).second) {
        good = error(join_path(hop.path, "to"), "a second hop to the same step: " + hop.to,
                     "records take one way; run one job for each source");
      }
      auto to = by_name_.find(hop.to);
      auto from = by_name_.find(hop.from);
      if (to != by_name_.end() && to->second->is_reader()) {
        good = error(join_path(hop.path, "to"), "a hop to the reader: " + hop.to,
                     "hops lead from the reader to the writer");
      }
      if (from != by_name_.end() && from->second->is_writer()) {
        good = error(join_path(hop.path, "from"), "a hop from the writer: " + hop.from,
                     "hops lead from the reader to the writer");
      }
    }
    return good;
  }

  std::vector<Step> in_script_order() {
    std::vector<Step> way{only("reader")};
    for (const Step& step : steps_) {
      if (!step.is_reader() && !step.is_writer() && !step.is_empty_processor()) way.push_back(step);
    }
    way.push_back(only("writer"));
    return way;
  }

  // Empty when the hops do not lead from the reader to the writer.
  std::vector<Step> along_hops() {
    // one_way() holds, so this cannot come back to where it was.
    std::vector<Step> way;
    std::set<const Hop*> taken;
    std::string at = only("reader").name;
    while (true) {
      if (auto step = by_name_.find(at); step != by_name_.end()) way.push_back(*step->second);
      auto hop = leave_.find(at);
      if (hop == leave_.end()) break;
      taken.insert(hop->second);
      at = hop->second->to;
    }
    if (!way.back().is_writer()) {
      error("order.hops", "the way from the reader ends before the writer: " + at,
            "add a hop from " + at + " to " + only("writer").name);
      return {};
    }
    bool good = true;
    for (const Hop& hop : hops_) {
      if (!taken.contains(&hop)) good = error(hop.path, "not on the way from the reader to the writer", {});
    }
    if (!good || !place_unnamed(way)) return {};
    return way;
  }

  // Published scripts never name processors in hops: those run in the order of `steps`. Naming some and not others
  // would leave open where the others stand.
  bool place_unnamed(std::vector<Step>& way) {
    bool some_named = way.size() > 2;
    bool good = true;
    for (const Step& step : steps_) {
      bool on_the_way =
          std::any_of(way.begin(), way.end(), [&](const Step& other) { return other.index == step.index; });
      if (on_the_way || step.is_empty_processor()) continue;
      if (some_named) {
        good =
            error(step.path(), "order.hops names other processors, but not this one: " + step.name, "name all or none");
      } else {
        unnamed_.push_back(step);
      }
    }
    way.insert(way.end() - 1, unnamed_.begin(), unnamed_.end());
    return good;
  }

  const Step& only(std::string_view category) const {
    return *std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) { return step.category == category; });
  }

  bool error(const std::string& path, std::string text, std::string advice) {
    report_value(document_, problems_, Severity::error, path, std::move(text), std::move(advice));
    return false;
  }

  const Document& document_;
  Problems& problems_;
  std::vector<Step> steps_;
  std::vector<Step> unnamed_;
  std::vector<Hop> hops_;
  std::map<std::string, const Step*> by_name_;
  std::map<std::string, const Hop*> leave_;
  std::set<std::string> bypassed_;  // names of empty processors: hops may go through them
};

}  // namespace

std::optional<std::vector<Step>> order_steps(std::vector<Step> steps, const boost::json::object* order,
                                             const Document& document, Problems& problems) {
  return Order(std::move(steps), document, problems).run(order);
}

}  // namespace sluice::job
