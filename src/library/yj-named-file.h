/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where, in the folder of the videos, the same files have the names under which they go out to other programs. They take
   no space: who measures, copies or clears up that folder passes this one over. */
#define YJ_NAMED_FOLDER ".named"

GFile *yj_named_file_make   (GFile      *file,
                             const char *name);
void   yj_named_file_forget (GFile      *file);
void   yj_named_file_forget_all (const char *folder);

G_END_DECLS
