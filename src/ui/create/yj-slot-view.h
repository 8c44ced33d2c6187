/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* One slot of a model with the files in it. Signal choose (): the person wants to pick files for it. */
#define YJ_TYPE_SLOT_VIEW (yj_slot_view_get_type ())
G_DECLARE_FINAL_TYPE (YjSlotView, yj_slot_view, YJ, SLOT_VIEW, GtkWidget)

GtkWidget *yj_slot_view_new           (YjDraft    *draft,
                                       YjSlot     *slot);
YjSlot    *yj_slot_view_get_slot      (YjSlotView *self);
void       yj_slot_view_show_problems (YjSlotView *self,
                                       GPtrArray  *problems);
typedef enum
{
  YJ_DROP_NONE,
  YJ_DROP_HERE,                 /* a drop will land here */
  YJ_DROP_ASIDE,                /* it is aimed here, and will be set aside */
  YJ_DROP_REFUSED,              /* it is aimed here but cannot land */
} YjDropState;
void       yj_slot_view_set_drop      (YjSlotView  *self,
                                       YjDropState  state,
                                       const char  *text,
                                       YjDraftFile *replaced);
/* The file on whose middle a point (in the view's coordinates) lies. */
YjDraftFile *yj_slot_view_get_file_at (YjSlotView *self,
                                       double      x,
                                       double      y);
void       yj_slot_view_focus_file    (YjSlotView  *self,
                                       YjDraftFile *file);
/* Which place among the files a point (in the view's coordinates) means. */
guint      yj_slot_view_get_position  (YjSlotView *self,
                                       double      x,
                                       double      y);

G_END_DECLS
