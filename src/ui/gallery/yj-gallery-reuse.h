/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"
#include "yj-job.h"

G_BEGIN_DECLS

/* A frame of the job's video in Create, in the slot of that role: @position in ns, or YJ_FRAME_LAST. */
void yj_gallery_reuse_frame (GtkWidget  *widget,
                             YjJob      *job,
                             gint64      position,
                             YjSlotRole  role);
/* The whole video as a reference. */
void yj_gallery_reuse_clip  (GtkWidget  *widget,
                             YjJob      *job);

G_END_DECLS
