/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A run of a file that is left out, or has other bytes in its place. */
typedef struct
{
  gint64  at;
  gint64  length;
  GBytes *instead;              /* NULL: nothing */
} YjCut;

typedef enum
{
  YJ_CAMERA_FACTS_NONE,         /* there are none */
  YJ_CAMERA_FACTS_FOUND,        /* the cuts take them out */
  YJ_CAMERA_FACTS_UNKNOWN,      /* in this format they are not looked for */
  YJ_CAMERA_FACTS_BROKEN,       /* the file is not built as its format wants it: nothing is cut */
} YjCameraFacts;

YjCameraFacts yj_camera_facts_find (GFile         *file,
                                    gint64        *size,
                                    GPtrArray    **cuts,
                                    GError       **error);
void          yj_camera_facts_look_async  (GFile                *file,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean      yj_camera_facts_look_finish (GAsyncResult         *result,
                                           YjCameraFacts        *facts,
                                           GError              **error);

G_END_DECLS
