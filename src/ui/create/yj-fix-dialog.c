/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-fix-dialog"

#include "yj-fix-dialog.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-fix-preview.h"
#include "yj-fix-words.h"
#include "yj-mend-run.h"
#include "yj-part-button.h"
#include "yj-poster.h"
#include "yj-reference-tile.h"

#define FOCUS_TICKS 4           /* in a narrow window the dialog takes the focus to its first row in the second one */
#define PICTURE_SIZE 512        /* px */
#define FRAME_DELAY 100         /* ms that start and end must rest before the frame there is looked for */
#define LAST_FRAME (G_GINT64_CONSTANT (50) * 1000 * 1000)       /* ns before the end: something is still shown there */

struct _YjFixDialog
{
  AdwDialog          parent_instance;

  YjFixPreview      *before;
  YjFixPreview      *after;
  GtkLabel          *before_facts;
  GtkLabel          *after_facts;
  GtkLabel          *steps;
  GtkWidget         *choices;
  GtkWidget         *fit_row;
  AdwToggleGroup    *fit;
  GtkWidget         *background_row;
  GtkColorDialogButton *background;
  GtkWidget         *lean_row;
  GtkAdjustment     *lean;
  GtkWidget         *part_row;
  GtkScale          *start_scale;
  GtkScale          *end_scale;
  GtkAdjustment     *start;     /* seconds */
  GtkAdjustment     *end;
  YjPartButton      *part_button;
  GtkLabel          *failure;
  GtkProgressBar    *progress;
  GtkWidget         *apply_button;

  YjLibrary         *library;
  YjDraft           *draft;
  YjDraftFile       *file;
  YjMend            *mend;
  gboolean           updating;          /* what is chosen is being moved to where it is possible */
  guint              ticks;             /* since it was first shown */
  guint              frame_id;
  gint64             frame;             /* ns: which one is to be shown */
  gboolean           loading;
  gboolean           load_again;
  gboolean           loaded;            /* a chosen frame is on show */
  GCancellable      *looks;             /* of the previews */
  GCancellable      *work;              /* NULL: nothing is being made */
};

typedef enum
{
  SIGNAL_FIXED,
  N_SIGNALS,
} YjFixDialogSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjFixDialog, yj_fix_dialog, ADW_TYPE_DIALOG)

/* ---- what is shown */
static guint32
get_background (YjFixDialog *self)
{
  const GdkRGBA *rgba = gtk_color_dialog_button_get_rgba (self->background);

  return (guint32) (rgba->red * 255 + 0.5f) << 16 | (guint32) (rgba->green * 255 + 0.5f) << 8 | (guint32) (rgba->blue * 255 + 0.5f);
}

/* Whether something of the ground may be seen in the result. */
static gboolean
shows_ground (YjFixDialog *self)
{
  return ((self->mend->steps & YJ_MEND_SHAPE) && adw_toggle_group_get_active (self->fit) == YJ_MEND_FIT_PAD) ||
         (self->mend->steps & YJ_MEND_FLATTEN) ||
         (g_str_equal (self->mend->content_type, "image/jpeg") && yj_draft_file_get_alpha (self->file));
}

/* The part that stays, in the limits that the model sets. */
static void
show_part (YjFixDialog *self)
{
  self->updating = TRUE;
  gtk_adjustment_set_value (self->start, (double) self->mend->start / 1e9);
  gtk_adjustment_set_value (self->end, (double) (self->mend->start + self->mend->length) / 1e9);
  self->updating = FALSE;
  yj_part_button_set_part (self->part_button, self->mend->start, self->mend->length);
}

static void
show_choices (YjFixDialog *self)
{
  gboolean shape = (self->mend->steps & YJ_MEND_SHAPE) != 0;
  gboolean crop = adw_toggle_group_get_active (self->fit) == YJ_MEND_FIT_CROP;

  gtk_widget_set_visible (self->fit_row, shape);
  gtk_widget_set_visible (self->lean_row, shape && crop);
  gtk_widget_set_visible (self->part_row, (self->mend->steps & YJ_MEND_TRIM) != 0);
  gtk_widget_set_visible (self->background_row, shows_ground (self));
  gtk_widget_set_visible (self->choices, shape || (self->mend->steps & YJ_MEND_TRIM) || shows_ground (self));
}

static void
plan (YjFixDialog      *self,
      const YjMendWish *wish)
{
  int role = yj_draft_find_place (self->draft, self->file, NULL);
  YjSlot *slot = role >= 0 ? yj_model_find_slot (yj_draft_get_model (self->draft), (YjSlotRole) role) : NULL;
  YjMend *mend = slot != NULL ? yj_mend_new (self->draft, slot, self->file, wish) : NULL;
  int width = yj_draft_file_get_width (self->file), height = yj_draft_file_get_height (self->file);
  g_autofree char *steps = NULL, *result = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fix.apply", mend != NULL);
  if (mend == NULL)
    return;

  g_clear_pointer (&self->mend, yj_mend_free);
  self->mend = mend;
  steps = yj_fix_words_dup_steps (mend, wish->fit);
  result = yj_fix_words_dup_result (mend, yj_draft_file_get_duration (self->file));
  gtk_label_set_label (self->steps, steps);
  gtk_label_set_label (self->after_facts, result);
  show_choices (self);
  show_part (self);
  yj_fix_preview_set_mend (self->before, mend, width, height, gtk_color_dialog_button_get_rgba (self->background));
  yj_fix_preview_set_mend (self->after, mend, width, height, gtk_color_dialog_button_get_rgba (self->background));
}

static YjMendWish
get_wish (YjFixDialog *self)
{
  return (YjMendWish) {
    .fit = (YjMendFit) adw_toggle_group_get_active (self->fit),
    .lean = gtk_adjustment_get_value (self->lean),
    .start = self->mend != NULL ? self->mend->start : 0,
    .length = self->mend != NULL ? self->mend->length : 0,
  };
}

static void
update (YjFixDialog *self)
{
  const YjMendWish wish = get_wish (self);

  if (self->file != NULL)       /* else the template is still being built */
    plan (self, &wish);
}

/* ---- the frame at the start or end */
static void load_frame (YjFixDialog *self);

static void
poster_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = yj_poster_load_finish (result, &error);
  YjFixDialog *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || texture == NULL)
    return;

  yj_fix_preview_set_picture (self->before, GDK_PAINTABLE (texture));
  if (!self->loaded)
    yj_fix_preview_set_picture (self->after, GDK_PAINTABLE (texture));
}

static void
frame_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = yj_poster_load_finish (result, &error);
  YjFixDialog *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (texture != NULL && !yj_part_button_get_playing (self->part_button))
    yj_fix_preview_set_picture (self->after, GDK_PAINTABLE (texture));
  self->loaded |= texture != NULL;
  self->loading = FALSE;
  if (self->load_again)
    load_frame (self);
}

/* One at a time, the newest next: each is a process of its own. */
static void
load_frame (YjFixDialog *self)
{
  self->load_again = self->loading;
  if (self->loading)
    return;
  self->loading = TRUE;
  yj_poster_load_frame_async (yj_draft_file_get_file (self->file), PICTURE_SIZE, self->frame, self->looks, frame_cb, self);
}

static gboolean
rested_cb (gpointer user_data)
{
  YjFixDialog *self = user_data;

  self->frame_id = 0;
  load_frame (self);
  return G_SOURCE_REMOVE;
}

static void
want_frame (YjFixDialog *self,
            gint64       position)
{
  if (yj_draft_file_get_kind (self->file) != YJ_MEDIA_KIND_VIDEO)
    return;
  self->frame = MAX (position, 0);
  g_clear_handle_id (&self->frame_id, g_source_remove);
  self->frame_id = g_timeout_add (FRAME_DELAY, rested_cb, self);
}

/* ---- which part */
static void
shows_cb (YjFixDialog  *self,
          GdkPaintable *picture)
{
  if (yj_draft_file_get_kind (self->file) != YJ_MEDIA_KIND_VIDEO)
    return;
  self->loaded = TRUE;
  yj_fix_preview_set_picture (self->after, picture);
}

/* It is moved as a whole, and gets shorter where there is not enough left behind. */
static void
start_changed_cb (YjFixDialog *self)
{
  YjMendWish wish = get_wish (self);
  gint64 left;

  if (self->updating || self->mend == NULL)
    return;
  wish.start = (gint64) (gtk_adjustment_get_value (self->start) * 1e9);
  left = yj_draft_file_get_duration (self->file) - wish.start;
  wish.length = MAX (MIN (wish.length, left), self->mend->shortest);
  plan (self, &wish);
  want_frame (self, self->mend->start);
}

/* The start follows where the part would be too long or too short. */
static void
end_changed_cb (YjFixDialog *self)
{
  YjMendWish wish = get_wish (self);
  gint64 end;

  if (self->updating || self->mend == NULL)
    return;
  end = (gint64) (gtk_adjustment_get_value (self->end) * 1e9);
  wish.length = CLAMP (end - wish.start, self->mend->shortest, self->mend->longest);
  wish.start = end - wish.length;
  plan (self, &wish);
  want_frame (self, self->mend->start + self->mend->length - LAST_FRAME);
}

static char *
format_seconds (GtkScale *scale,
                double    value,
                gpointer  user_data)
{
  /* translators: a number of seconds */
  return g_strdup_printf (_("%.1f s"), value);
}

/* ---- the work */
static void
show_work (YjFixDialog *self,
           gboolean     busy)
{
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), busy ? 1 : 0);
  gtk_widget_set_sensitive (self->choices, !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fix.apply", !busy);
}

static void
show_failure (YjFixDialog  *self,
              const GError *error)
{
  g_autofree char *text = yj_error_text_dup (error);

  gtk_label_set_label (self->failure, text);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(YjFixDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjDraftFile) mended = yj_mend_run_finish (YJ_LIBRARY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->work);
  show_work (self, FALSE);
  if (mended == NULL)
    {
      show_failure (self, error);
      gtk_widget_grab_focus (self->apply_button);       /* which could not have it meanwhile */
      return;
    }
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNAL_FIXED], 0, mended);       /* who listens may move the focus, now that it is back */
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  gtk_progress_bar_set_fraction (YJ_FIX_DIALOG (user_data)->progress, fraction);
}

/* ---- actions */
static void
apply_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  YjFixDialog *self = YJ_FIX_DIALOG (widget);

  if (self->work != NULL || self->mend == NULL)
    return;

  self->work = g_cancellable_new ();
  yj_part_button_stop (self->part_button);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  show_work (self, TRUE);
  yj_mend_run_async (self->library, self->file, self->mend, get_background (self), progress_cb, self, self->work, run_cb,
                     g_object_ref (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

/* ---- type */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  YjFixDialog *self = YJ_FIX_DIALOG (widget);

  if (++self->ticks < FOCUS_TICKS)
    return G_SOURCE_CONTINUE;

  gtk_widget_grab_focus (self->apply_button);
  return G_SOURCE_REMOVE;
}

static void
yj_fix_dialog_map (GtkWidget *widget)
{
  YjFixDialog *self = YJ_FIX_DIALOG (widget);

  GTK_WIDGET_CLASS (yj_fix_dialog_parent_class)->map (widget);
  if (self->ticks == 0)
    gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
}

static void
yj_fix_dialog_closed (AdwDialog *dialog)
{
  YjFixDialog *self = YJ_FIX_DIALOG (dialog);

  g_cancellable_cancel (self->work);
  g_cancellable_cancel (self->looks);
  g_clear_handle_id (&self->frame_id, g_source_remove);
  if (self->part_button != NULL)
    yj_part_button_set_file (self->part_button, NULL);
}

static void
yj_fix_dialog_dispose (GObject *object)
{
  YjFixDialog *self = YJ_FIX_DIALOG (object);

  yj_fix_dialog_closed (ADW_DIALOG (self));
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_FIX_DIALOG);
  g_clear_object (&self->work);
  g_clear_object (&self->looks);
  g_clear_object (&self->library);
  g_clear_object (&self->draft);
  g_clear_object (&self->file);
  g_clear_pointer (&self->mend, yj_mend_free);

  G_OBJECT_CLASS (yj_fix_dialog_parent_class)->dispose (object);
}

static void
yj_fix_dialog_class_init (YjFixDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_fix_dialog_dispose;
  widget_class->map = yj_fix_dialog_map;
  ADW_DIALOG_CLASS (klass)->closed = yj_fix_dialog_closed;

  /**
   * YjFixDialog::fixed:
   * @file: the mended file, with its facts
   */
  signals[SIGNAL_FIXED] = g_signal_new ("fixed", YJ_TYPE_FIX_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        YJ_TYPE_DRAFT_FILE);

  gtk_widget_class_install_action (widget_class, "fix.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "fix.cancel", NULL, cancel_action);

  g_type_ensure (YJ_TYPE_FIX_PREVIEW);
  g_type_ensure (YJ_TYPE_PART_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-fix-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, before);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, after);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, before_facts);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, after_facts);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, fit_row);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, fit);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, background_row);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, background);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, lean_row);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, lean);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, part_row);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, start_scale);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, end_scale);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, start);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, end);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, part_button);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, apply_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, start_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, shows_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_failure);
}

static void
yj_fix_dialog_init (YjFixDialog *self)
{
  self->looks = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What does not change while it is open. */
static void
show_file (YjFixDialog *self)
{
  YjMediaKind kind = yj_draft_file_get_kind (self->file);
  double seconds = (double) yj_draft_file_get_duration (self->file) / 1e9;
  const GdkRGBA ground = kind == YJ_MEDIA_KIND_VIDEO ? (GdkRGBA) { 0, 0, 0, 1 } : (GdkRGBA) { 1, 1, 1, 1 };
  g_autofree char *facts = yj_reference_tile_dup_facts (self->file);

  gtk_label_set_label (self->before_facts, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->before), kind != YJ_MEDIA_KIND_AUDIO);
  gtk_widget_set_visible (GTK_WIDGET (self->after), kind != YJ_MEDIA_KIND_AUDIO);
  gtk_color_dialog_button_set_rgba (self->background, &ground);
  yj_part_button_set_file (self->part_button, yj_draft_file_get_file (self->file));
  self->updating = TRUE;
  gtk_adjustment_set_upper (self->start, seconds);
  gtk_adjustment_set_upper (self->end, seconds);
  /* They make room for the longest figure that there is when this is set */
  gtk_scale_set_format_value_func (self->start_scale, format_seconds, NULL, NULL);
  gtk_scale_set_format_value_func (self->end_scale, format_seconds, NULL, NULL);
  self->updating = FALSE;
  if (kind != YJ_MEDIA_KIND_AUDIO)
    yj_poster_load_async (yj_draft_file_get_file (self->file), PICTURE_SIZE, self->looks, poster_cb, self);
}

/**
 * yj_fix_dialog_new:
 * @library: where the new file is kept
 * @draft: a draft
 * @file: one of its files, which can be mended
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
yj_fix_dialog_new (YjLibrary   *library,
                   YjDraft     *draft,
                   YjDraftFile *file)
{
  YjFixDialog *self;

  g_return_val_if_fail (YJ_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (YJ_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), NULL);

  self = g_object_new (YJ_TYPE_FIX_DIALOG, NULL);
  self->library = g_object_ref (library);
  self->draft = g_object_ref (draft);
  self->file = g_object_ref (file);
  show_file (self);
  update (self);

  return ADW_DIALOG (self);
}

/**
 * yj_fix_dialog_get_draft:
 * @self: a dialog
 *
 * Returns: (transfer none): the draft
 */
YjDraft *
yj_fix_dialog_get_draft (YjFixDialog *self)
{
  g_return_val_if_fail (YJ_IS_FIX_DIALOG (self), NULL);

  return self->draft;
}

/**
 * yj_fix_dialog_get_file:
 * @self: a dialog
 *
 * Returns: (transfer none): the file as it is
 */
YjDraftFile *
yj_fix_dialog_get_file (YjFixDialog *self)
{
  g_return_val_if_fail (YJ_IS_FIX_DIALOG (self), NULL);

  return self->file;
}
