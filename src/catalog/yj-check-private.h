/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft-private.h"

G_BEGIN_DECLS

#define YJ_SAME_SHAPE 0.03      /* so far may two ratios be apart, as a logarithm, and still be one */

/* One look at a draft: yj-draft-validate.c begins it, yj-check-files.c does the part of the files, yj-check-rules.c
   that of several slots, yj-draft-lint.c what is merely unwise. */
typedef struct
{
  YjDraft   *draft;
  YjModel   *model;
  GPtrArray *problems;
} YjCheck;

/* Each takes @message over. What they return belongs to the check. */
YjProblem *yj_check_tell         (YjCheck            *check,
                                  YjProblemSeverity   severity,
                                  const char         *field,
                                  char               *message);
YjProblem *yj_check_tell_of      (YjCheck            *check,
                                  YjProblemSeverity   severity,
                                  const char         *field,
                                  YjDraftFile        *file,
                                  char               *message);
void       yj_check_tell_missing (YjCheck            *check,
                                  const char         *field,
                                  char               *message);

/* How @value breaks a limit, if it does. */
typedef struct
{
  YjProblemSeverity severity;
  double            value;
  double            bound;      /* the figure that is broken */
  gboolean          too_much;   /* it is a maximum */
} YjBreach;

gboolean   yj_check_breaks       (const YjLimit      *limit,
                                  double              value,
                                  YjBreach           *breach);
/* The same for a list of values; @values: those that are allowed. */
gboolean   yj_check_lacks        (const YjLimit      *limit,
                                  const char         *value,
                                  YjProblemSeverity  *severity,
                                  char             ***values);
/* Whether a file of @type is taken only without an alpha channel. */
gboolean   yj_check_is_opaque    (const YjLimit      *limit,
                                  const char         *type,
                                  YjProblemSeverity  *severity);
YjProblem *yj_check_tell_breach  (YjCheck            *check,
                                  const YjLimit      *limit,
                                  const YjBreach     *breach,
                                  const char         *field,
                                  YjDraftFile        *file,
                                  char               *message);
/* Takes @remedy over. */
void       yj_problem_set_remedy (YjProblem          *problem,
                                  char               *remedy,
                                  const char         *field,
                                  const char         *value);

/* What a button that sets @value says: “Use 5 s”. */
char      *yj_check_dup_use      (YjParameter        *parameter,
                                  const char         *value);

/* Whether the limit holds for the values of @draft. */
gboolean   yj_check_holds        (YjDraft            *draft,
                                  const YjLimit      *limit);
gboolean   yj_check_is_within    (const YjBounds     *bounds,
                                  double              value);
gboolean   yj_check_contains     (char              **values,
                                  const char         *value);
char      *yj_check_format_number (double             value);
/* A figure and its bound, written so that they differ where they do. */
void       yj_check_format_pair  (YjLimitUnit         unit,
                                  double              value,
                                  double              bound,
                                  char              **is,
                                  char              **can);
char      *yj_check_dup_file_name (YjDraftFile       *file);
gboolean   yj_check_is_same_shape (double             one,
                                  double              other);

void       yj_check_slot         (YjCheck            *check,
                                  YjSlot             *slot);
void       yj_check_text         (YjCheck            *check,
                                  const YjLimit      *limit,
                                  const char         *field,
                                  const char         *text);
void       yj_check_speech       (YjCheck            *check);
void       yj_check_rule         (YjCheck            *check,
                                  const YjRule       *rule);

G_END_DECLS
