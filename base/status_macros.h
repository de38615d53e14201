// The two macros through which an absl::Status travels.
#ifndef ARGOSY_BASE_STATUS_MACROS_H_
#define ARGOSY_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the enclosing function when `expr`, an absl::Status, is not OK.
#define RETURN_IF_ERROR(expr)               \
  do {                                      \
    ::absl::Status argosy_status_ = (expr); \
    if (!argosy_status_.ok()) {             \
      return argosy_status_;                \
    }                                       \
  } while (false)

#define ARGOSY_MACRO_JOIN_INNER_(a, b) a##b
#define ARGOSY_MACRO_JOIN_(a, b) ARGOSY_MACRO_JOIN_INNER_(a, b)

// Evaluates `expr`, an absl::StatusOr<T>; returns its status when it holds none, else moves the
// value into `lhs`, which may declare a variable: ASSIGN_OR_RETURN(const Team team, FindTeam(id)).
#define ASSIGN_OR_RETURN(lhs, ...) \
  ARGOSY_ASSIGN_OR_RETURN_(ARGOSY_MACRO_JOIN_(argosy_status_or_, __LINE__), lhs, (__VA_ARGS__))

#define ARGOSY_ASSIGN_OR_RETURN_(temporary, lhs, expr) \
  auto temporary = expr;                               \
  if (!temporary.ok()) {                               \
    return std::move(temporary).status();              \
  }                                                    \
  lhs = *std::move(temporary)

#endif  // ARGOSY_BASE_STATUS_MACROS_H_
