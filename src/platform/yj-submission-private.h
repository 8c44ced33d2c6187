/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-submission.h"

G_BEGIN_DECLS

/* One field, in the order it was added; file is NULL for a value. */
typedef struct
{
  char     *name;
  char     *value;              /* as text */
  gboolean  quoted;             /* a JSON string, not a number or boolean */
  GFile    *file;
  char     *content_type;       /* of the file, NULL: by its name */
} YjField;

GPtrArray *yj_submission_get_fields (YjSubmission *self);
gboolean   yj_submission_has_field  (YjSubmission *self,
                                     const char   *name);

G_END_DECLS
