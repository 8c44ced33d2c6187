/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-submission.h"

G_BEGIN_DECLS

/* A run of a file that does not travel, or as something else. */
typedef struct
{
  gint64  at;
  gint64  length;
  GBytes *instead;              /* NULL: nothing */
} YjFieldCut;

/* One field, in the order it was added; file is NULL for a value. */
typedef struct
{
  char     *name;
  char     *value;              /* as text */
  gboolean  quoted;             /* a JSON string, not a number or boolean */
  GFile    *file;
  char     *content_type;       /* of the file, NULL: by its name */
  GArray   *cuts;               /* of YjFieldCut, in order; NULL: the file travels as it is */
  gint64    cut_size;           /* bytes of the file to which the cuts belong */
} YjField;

GPtrArray *yj_submission_get_fields (YjSubmission *self);
gboolean   yj_submission_has_field  (YjSubmission *self,
                                     const char   *name);

G_END_DECLS
