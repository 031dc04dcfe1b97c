# SPDX-License-Identifier: Apache-2.0
# sluice_add_plugin(NAME SOURCES a.cpp ... [LIBRARIES lib ...])
#
# A plugin file: hidden visibility, one exported symbol, its static libraries kept to itself, every symbol
# resolved at link time, never unloaded.
function(sluice_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  add_library(${name} MODULE ${arg_SOURCES})
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if("CXX" IN_LIST languages)
    target_compile_features(${name} PRIVATE cxx_std_20)
  endif()
  target_link_libraries(${name} PRIVATE Sluice::sdk ${arg_LIBRARIES})
  set_target_properties(${name} PROPERTIES
    PREFIX ""
    C_VISIBILITY_PRESET hidden
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${map})
  if(DEFINED SLUICE_PLUGIN_SUBDIR)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${SLUICE_PLUGIN_SUBDIR})
  endif()
  target_link_options(${name} PRIVATE
    LINKER:--version-script=${map} LINKER:--exclude-libs,ALL LINKER:-z,nodelete)
  if(NOT SLUICE_SANITIZE) # a sanitizer's runtime is found in the host at load time
    target_link_options(${name} PRIVATE LINKER:-z,defs)
  endif()
endfunction()
