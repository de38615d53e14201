# Warnings are errors in our code; generated and system headers are SYSTEM includes.
add_library(argosy_warnings INTERFACE)
target_compile_options(argosy_warnings INTERFACE
  -Wall -Wextra -Werror -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
# Designated initializers leave the unnamed members at their defaults, and that is meant.
target_compile_options(argosy_warnings INTERFACE -Wno-missing-field-initializers)
# g++ 12 sees uninitialised members in a std::optional moved through absl::StatusOr when it inlines;
# the sanitizers look for the real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_options(argosy_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(argosy_warnings INTERFACE -Wthread-safety)
endif()
