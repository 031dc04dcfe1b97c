// SPDX-License-Identifier: Apache-2.0
#include "plugin/required.hpp"

#include <initializer_list>

namespace sluice::plugin {
namespace {

struct Function {
  const char* name;
  bool there;
};

std::vector<const char*> missing(std::initializer_list<Function> functions) {
  std::vector<const char*> names;
  for (const Function& function : functions)
    if (!function.there) names.push_back(function.name);
  return names;
}

}  // namespace

std::vector<const char*> missing_functions(const SluiceReader& table) {
  return missing({{"open", table.open != nullptr},
                  {"describe", table.describe != nullptr},
                  {"plan", table.plan != nullptr},
                  {"read", table.read != nullptr},
                  {"read_error", table.read_error != nullptr},
                  {"close", table.close != nullptr}});
}

std::vector<const char*> missing_functions(const SluiceWriter& table) {
  return missing({{"open", table.open != nullptr},
                  {"describe", table.describe != nullptr},
                  {"prepare", table.prepare != nullptr},
                  {"committed", table.committed != nullptr},
                  {"complete", table.complete != nullptr},
                  {"close", table.close != nullptr},
                  {"start", table.start != nullptr},
                  {"write", table.write != nullptr},
                  {"flush", table.flush != nullptr},
                  {"commit", table.commit != nullptr},
                  {"abort", table.abort != nullptr}});
}

std::vector<const char*> missing_functions(const SluiceProcessor& table) {
  return missing({{"open", table.open != nullptr},
                  {"describe", table.describe != nullptr},
                  {"close", table.close != nullptr},
                  {"start", table.start != nullptr},
                  {"process", table.process != nullptr},
                  {"end", table.end != nullptr}});
}

}  // namespace sluice::plugin
