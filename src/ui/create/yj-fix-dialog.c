/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-fix-dialog"

#include "yj-fix-dialog.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "yj-error-text.h"
#include "yj-fix-preview.h"
#include "yj-fix-words.h"
#include "yj-frame-grab.h"
#include "yj-mend-plan.h"
#include "yj-poster.h"
#include "yj-reference-tile.h"

#define PICTURE_SIZE 512        /* px */
#define GRAB_DELAY 150          /* ms that the start must rest before its frame is looked for */

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
  GtkWidget         *start_row;
  GtkAdjustment     *start;
  GtkLabel          *span;
  GtkLabel          *failure;
  GtkProgressBar    *progress;

  YjDraft           *draft;
  YjDraftFile       *file;
  YjMend            *mend;
  GFile             *target;            /* while it is being made */
  char              *frame;             /* path of the frame at the start */
  guint              grab_id;
  gboolean           grabbing;
  gboolean           grab_again;
  gboolean           grabbed;           /* the frame at the start is what is shown */
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
  const char *type = yj_draft_file_get_content_type (self->file);

  return ((self->mend->steps & YJ_MEND_SHAPE) && adw_toggle_group_get_active (self->fit) == YJ_MEND_FIT_PAD) ||
         (g_str_equal (self->mend->content_type, "image/jpeg") && g_strcmp0 (type, "image/jpeg") != 0);
}

static void
show_span (YjFixDialog *self)
{
  /* translators: from and to, in seconds: 3.0 – 17.9 s */
  g_autofree char *span = g_strdup_printf (_("%1$.1f – %2$.1f s"), (double) self->mend->start / 1e9,
                                           (double) (self->mend->start + self->mend->length) / 1e9);

  gtk_label_set_label (self->span, span);
}

static void
update (YjFixDialog *self)
{
  int role = self->file != NULL ? yj_draft_find_place (self->draft, self->file, NULL) : -1;
  YjMendFit fit = (YjMendFit) adw_toggle_group_get_active (self->fit);
  g_autofree char *steps = NULL, *result = NULL;
  YjMend *mend;
  YjSlot *slot;
  int width, height;

  if (role < 0)
    return;
  slot = yj_model_find_slot (yj_draft_get_model (self->draft), (YjSlotRole) role);
  width = yj_draft_file_get_width (self->file);
  height = yj_draft_file_get_height (self->file);
  mend = yj_mend_new (self->draft, slot, self->file, fit, (gint64) (gtk_adjustment_get_value (self->start) * 1e9));
  if (mend == NULL)
    return;
  g_clear_pointer (&self->mend, yj_mend_free);
  self->mend = mend;

  gtk_widget_set_visible (self->fit_row, (mend->steps & YJ_MEND_SHAPE) != 0);
  gtk_widget_set_visible (self->start_row, (mend->steps & YJ_MEND_TRIM) != 0);
  gtk_widget_set_visible (self->background_row, shows_ground (self));
  gtk_widget_set_visible (self->choices, gtk_widget_get_visible (self->fit_row) || gtk_widget_get_visible (self->start_row) ||
                          gtk_widget_get_visible (self->background_row));
  steps = yj_fix_words_dup_steps (mend, fit);
  result = yj_fix_words_dup_result (mend, yj_draft_file_get_duration (self->file));
  gtk_label_set_label (self->steps, steps);
  gtk_label_set_label (self->after_facts, result);
  show_span (self);
  yj_fix_preview_set_mend (self->before, mend, width, height, gtk_color_dialog_button_get_rgba (self->background));
  yj_fix_preview_set_mend (self->after, mend, width, height, gtk_color_dialog_button_get_rgba (self->background));
}

/* ---- the frame at the start */
static void grab (YjFixDialog *self);

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
  if (!self->grabbed)
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

  if (texture != NULL)
    yj_fix_preview_set_picture (self->after, GDK_PAINTABLE (texture));
  self->grabbed |= texture != NULL;
  self->grabbing = FALSE;
  if (self->grab_again)
    grab (self);
}

static void
grabbed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  gboolean done = yj_frame_grab_finish (result, &error);
  YjFixDialog *self = user_data;
  g_autoptr(GFile) frame = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (done)
    {
      frame = g_file_new_for_path (self->frame);
      yj_poster_load_async (frame, PICTURE_SIZE, self->looks, frame_cb, self);
    }
  else
    self->grabbing = FALSE;
}

static void
grab (YjFixDialog *self)
{
  g_autoptr(GFile) frame = NULL;

  self->grab_again = self->grabbing;
  if (self->grabbing)
    return;
  self->grabbing = TRUE;
  frame = g_file_new_for_path (self->frame);
  yj_frame_grab_async (yj_draft_file_get_file (self->file), self->mend->start, frame, self->looks, grabbed_cb, self);
}

static gboolean
rested_cb (gpointer user_data)
{
  YjFixDialog *self = user_data;

  self->grab_id = 0;
  grab (self);
  return G_SOURCE_REMOVE;
}

static void
start_changed_cb (YjFixDialog *self)
{
  update (self);
  if (self->file == NULL || yj_draft_file_get_kind (self->file) != YJ_MEDIA_KIND_VIDEO)
    return;
  g_clear_handle_id (&self->grab_id, g_source_remove);
  self->grab_id = g_timeout_add (GRAB_DELAY, rested_cb, self);
}

/* ---- the work */
static void
end_work (YjFixDialog  *self,
          const GError *error)
{
  g_clear_object (&self->work);
  g_clear_object (&self->target);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), 0);
  gtk_widget_set_sensitive (self->choices, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fix.apply", TRUE);
  if (error != NULL)
    {
      g_autofree char *text = yj_error_text_dup (error);

      gtk_label_set_label (self->failure, text);
      gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjFixDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = yj_probe_finish (result, &error);
  g_autoptr(YjDraftFile) mended = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (info == NULL)
    {
      end_work (self, error);
      return;
    }
  mended = yj_mend_plan_new_file (self->file, self->target, info);
  g_clear_object (&self->work);
  g_signal_emit (self, signals[SIGNAL_FIXED], 0, mended);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(YjFixDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (yj_fix_run_finish (result, &error))
    yj_probe_async (self->target, self->work, probed_cb, g_object_ref (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_work (self, error);
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  gtk_progress_bar_set_fraction (YJ_FIX_DIALOG (user_data)->progress, fraction);
}

/* A place of its own in the cache; what is generated from is kept in the library. */
static GFile *
make_target (YjFixDialog *self)
{
  static const struct { const char *type, *ending; } endings[] = {
    { "image/jpeg", "jpg" }, { "image/png", "png" }, { "video/mp4", "mp4" }, { "audio/mpeg", "mp3" }, { "audio/wav", "wav" },
  };
  g_autofree char *uuid = g_uuid_string_random (), *stem = g_strdup (yj_draft_file_get_name (self->file)), *base = NULL, *path = NULL;
  char *dot = strrchr (stem, '.');
  const char *ending = "bin";

  if (dot != NULL && dot != stem)
    *dot = '\0';
  g_strdelimit (stem, "/", '_');
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_equal (endings[i].type, self->mend->content_type))
      ending = endings[i].ending;
  base = g_strconcat (stem, ".", ending, NULL);
  path = g_build_filename (g_get_user_cache_dir (), "yuanjing", "mended", uuid, base, NULL);
  return g_file_new_for_path (path);
}

/* ---- actions */
static void
apply_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  YjFixDialog *self = YJ_FIX_DIALOG (widget);
  YjFixPlan plan;

  if (self->work != NULL || self->mend == NULL)
    return;

  plan = yj_mend_plan_new (self->mend, get_background (self));
  self->work = g_cancellable_new ();
  self->target = make_target (self);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  gtk_widget_set_sensitive (self->choices, FALSE);
  gtk_widget_action_set_enabled (widget, "fix.apply", FALSE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), 1);
  yj_fix_run_async (yj_draft_file_get_file (self->file), &plan, self->target, progress_cb, self, self->work, run_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

/* ---- type */
static void
yj_fix_dialog_closed (AdwDialog *dialog)
{
  YjFixDialog *self = YJ_FIX_DIALOG (dialog);

  g_cancellable_cancel (self->work);
  g_cancellable_cancel (self->looks);
  g_clear_handle_id (&self->grab_id, g_source_remove);
}

static void
yj_fix_dialog_dispose (GObject *object)
{
  YjFixDialog *self = YJ_FIX_DIALOG (object);

  yj_fix_dialog_closed (ADW_DIALOG (self));
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_FIX_DIALOG);
  g_clear_object (&self->work);
  g_clear_object (&self->looks);
  g_clear_object (&self->target);
  g_clear_object (&self->draft);
  g_clear_object (&self->file);
  g_clear_pointer (&self->mend, yj_mend_free);
  if (self->frame != NULL)
    g_unlink (self->frame);
  g_clear_pointer (&self->frame, g_free);

  G_OBJECT_CLASS (yj_fix_dialog_parent_class)->dispose (object);
}

static void
yj_fix_dialog_class_init (YjFixDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_fix_dialog_dispose;
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
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, start_row);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, start);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, span);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, YjFixDialog, progress);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, start_changed_cb);
}

static void
yj_fix_dialog_init (YjFixDialog *self)
{
  g_autofree char *uuid = g_uuid_string_random (), *base = g_strconcat (uuid, ".png", NULL);

  self->looks = g_cancellable_new ();
  self->frame = g_build_filename (g_get_user_cache_dir (), base, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yj_fix_dialog_new:
 * @draft: a draft
 * @file: one of its files, which can be mended
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
yj_fix_dialog_new (YjDraft     *draft,
                   YjDraftFile *file)
{
  YjFixDialog *self;
  g_autofree char *facts = NULL;
  gboolean sound;
  GdkRGBA ground = { 1, 1, 1, 1 };

  g_return_val_if_fail (YJ_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), NULL);

  self = g_object_new (YJ_TYPE_FIX_DIALOG, NULL);
  self->draft = g_object_ref (draft);
  self->file = g_object_ref (file);
  sound = yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_AUDIO;
  if (yj_draft_file_get_kind (file) == YJ_MEDIA_KIND_VIDEO)
    ground = (GdkRGBA) { 0, 0, 0, 1 };
  gtk_color_dialog_button_set_rgba (self->background, &ground);
  facts = yj_reference_tile_dup_facts (file);
  gtk_label_set_label (self->before_facts, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->before), !sound);
  gtk_widget_set_visible (GTK_WIDGET (self->after), !sound);
  update (self);
  if (self->mend != NULL)
    gtk_adjustment_configure (self->start, 0, 0, MAX (0, (double) (yj_draft_file_get_duration (file) - self->mend->length) / 1e9),
                              0.1, 1, 0);
  if (!sound)
    yj_poster_load_async (yj_draft_file_get_file (file), PICTURE_SIZE, self->looks, poster_cb, self);

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
