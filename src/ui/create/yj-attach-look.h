/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "yj-probe.h"

G_BEGIN_DECLS

/* What was found at a place that a person pointed at. Exactly one of info, children and refusal is set. */
typedef struct
{
  GFile       *file;            /* where it lies now: what was fetched; NULL when that failed */
  YjMediaInfo *info;
  gint64       stamp;           /* µs since 1970: of the file that info is about */
  gboolean     glanced;         /* info says no more than what the first bytes say */
  GPtrArray   *children;        /* of GFile: it is a folder, and these may be media */
  gboolean     more;            /* and there are more than are given */
  char        *refusal;         /* a whole sentence: what is wrong with it and what to do */
  char        *note;            /* a whole sentence: what is odd about it, or NULL */
} YjAttachLook;

void          yj_attach_look_free   (YjAttachLook        *look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjAttachLook, yj_attach_look_free)

/* Nothing that lies there can hold it up: no FIFO is opened, no folder walked without end. Exactly one of @file and
   @address is given; @glance: of a picture the first bytes are enough. */
void          yj_attach_look_async  (GFile               *file,
                                     const char          *address,
                                     gboolean             glance,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
YjAttachLook *yj_attach_look_finish (GAsyncResult        *result,
                                     GError             **error);

/* When a file was last written or put there, µs since 1970: whoever writes it anew gives it another. Of an info with these
   attributes. */
#define YJ_ATTACH_LOOK_STAMP "time::modified,time::modified-usec,time::changed,time::changed-usec"
gint64        yj_attach_look_get_stamp (GFileInfo *info);

/* Where pictures without a file, and what was fetched, are kept. */
GFile        *yj_attach_look_dup_folder (void);

G_END_DECLS
