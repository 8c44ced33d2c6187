/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-drop-plan.h"
#include "yj-file-watch.h"
#include "yj-reference-panel.h"
#include "yj-slot-view.h"

G_BEGIN_DECLS

/* What the parts of the panel share: yj-reference-panel.c (slots), yj-panel-choose.c, -drag.c, -drop.c, -fix.c, -lost.c,
   -notice.c, -paste.c, -undo.c, -web.c. */
struct _YjReferencePanel
{
  GtkWidget     parent_instance;

  GtkWidget    *box;
  GtkBox       *slots;
  GtkRevealer  *notice_revealer;
  GtkLabel     *notice;
  GtkWidget    *notice_all;
  GtkWidget    *notice_dismiss;
  GtkStack     *stack;
  GtkLabel     *hint;
  GtkWidget    *parked_box;
  GtkWidget    *parked_tiles;
  GtkWidget    *busy;

  YjDraft      *draft;
  YjModel      *model;          /* whose slots are shown */
  YjAttacher   *attacher;
  YjLibrary    *library;        /* NULL until there is one */
  GListModel   *parked;
  gulong        changed_id;
  gulong        parked_id;

  YjFileWatch  *watch;          /* whether the files are still there */
  GtkWidget    *area;
  GPtrArray    *lines;          /* of what the notice says */
  gboolean      notice_whole;   /* it names each file */
  guint         notice_frames;  /* until the notice has its place */
  guint         notice_tick;
  GPtrArray    *undos;          /* what can be taken back, the latest last; NULL: nothing yet */
  GArray       *dragged;        /* of YjDropItem: what is being dragged, as far as known */
  guint         drag_asked;     /* of which so many are still being asked for */
  gboolean      drag_over;      /* it is over the Create place, there: */
  double        drag_x;
  double        drag_y;
  gboolean      drag_known;
  gboolean      drag_nothing;   /* there is nothing in it that could be had */
  YjDraftFile  *drag_own;       /* it is this one, which is in the draft already; else NULL */
  AdwToast     *drag_toast;     /* what a drop would do, where the hint is out of sight; weak */
  GCancellable *drag_cancellable;
  GCancellable *cancellable;
};

void        yj_reference_panel_say        (YjReferencePanel *self,
                                           const char       *sentence);
void        yj_reference_panel_say_nothing (YjReferencePanel *self);
/* Names each file. */
void        yj_reference_panel_say_all    (YjReferencePanel *self);
void        yj_reference_panel_init_notice (YjReferencePanel *self);
/* @format: a sentence with %s for the name of @file; @successor: (nullable): what stands in its place now. */
void        yj_reference_panel_offer_undo (YjReferencePanel *self,
                                           const char       *format,
                                           YjDraftFile      *file,
                                           YjDraftFile      *successor,
                                           int               role,
                                           guint             position);
/* Takes back the latest that can be, of the draft on show. */
void        yj_reference_panel_undo       (YjReferencePanel *self);
YjSlotView *yj_reference_panel_find_view  (YjReferencePanel *self,
                                           int               role);
void        yj_reference_panel_init_drop  (YjReferencePanel *self,
                                           GtkWidget        *area);
void        yj_reference_panel_init_web   (YjReferencePanel *self,
                                           GtkWidget        *area);
/* Where a drop there would be aimed at. @replaces: one foreign file, which takes the place of the one below it. */
YjAttachAim yj_reference_panel_find_aim   (YjReferencePanel *self,
                                           double            x,
                                           double            y,
                                           gboolean          replaces);
/* Shows what a drop there would do; gives the action, 0 when all of it is refused. */
GdkDragAction yj_reference_panel_show_drop (YjReferencePanel *self,
                                           double            x,
                                           double            y);
void        yj_reference_panel_show_no_drop (YjReferencePanel *self);
/* What is being dragged: nothing any more; this, once it is known (also NULL); something of a browser. */
void        yj_reference_panel_forget_drag (YjReferencePanel *self);
void        yj_reference_panel_learn_value (YjReferencePanel *self,
                                           const GValue     *value);
void        yj_reference_panel_learn_address (YjReferencePanel *self,
                                           const GValue     *value,
                                           const char       *address,
                                           gboolean          pictured);
void        yj_reference_panel_init_lost  (YjReferencePanel *self);
void        yj_reference_panel_install_lost (GtkWidgetClass *widget_class);
void        yj_reference_panel_init_paste (YjReferencePanel *self,
                                           GtkWidget        *area);
void        yj_reference_panel_paste      (YjReferencePanel *self);
void        yj_reference_panel_take_texture (YjReferencePanel *self,
                                           GdkTexture       *texture,
                                           const YjAttachAim *aim);

G_END_DECLS
