/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* Knows of the files of a draft whether they can still be had, and what they have become. */
#define YJ_TYPE_FILE_WATCH (yj_file_watch_get_type ())
G_DECLARE_FINAL_TYPE (YjFileWatch, yj_file_watch, YJ, FILE_WATCH, GObject)

YjFileWatch *yj_file_watch_new       (void);
void         yj_file_watch_set_draft (YjFileWatch *self,
                                      YjDraft     *draft);
/* Asks anew for all of them. */
void         yj_file_watch_look      (YjFileWatch *self);

G_END_DECLS
