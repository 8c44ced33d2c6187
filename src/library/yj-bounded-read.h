/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which error tells what is wrong with a file that somebody chose. */
typedef struct
{
  GQuark domain;
  int    not_a_file;
  int    too_large;
} YjBoundedErrors;

GByteArray *yj_bounded_read (GFile                  *file,
                             gsize                   most,
                             const YjBoundedErrors  *errors,
                             GCancellable           *cancellable,
                             GError                **error);

G_END_DECLS
