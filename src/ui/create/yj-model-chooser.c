/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-model-chooser"

#include "yj-model-chooser.h"

#include <glib/gi18n.h>

#include "yj-console.h"
#include "yj-error-text.h"
#include "yj-job-text.h"
#include "yj-model-lists.h"
#include "yj-problem-list.h"

#define NAME_CHARS 15           /* of the chosen model that always show */

struct _YjModelChooser
{
  AdwBin              parent_instance;

  AdwComboRow        *row;
  AdwEntryRow        *llmid_row;
  AdwActionRow       *fit_row;
  AdwPreferencesRow  *note_row;
  GtkLabel           *note;
  GtkWidget          *about_button;
  GtkLabel           *about;
  YjProblemList      *problems;
  GtkWidget          *problems_row;
  GtkWidget          *better_button;
  GtkButton          *look_button;

  YjSession          *session;
  YjDraft            *draft;    /* whose files the models are held against */
  YjModel            *model;
  YjModel            *better;   /* of any mode: takes what the chosen one does not; or NULL */
  GListStore         *models;   /* those of the mode */
  GPtrArray          *lines;    /* of GtkListItem, bound; unowned */
  char               *attached; /* what the meters were read for */
  gboolean            updating;
};

typedef enum
{
  SIGNAL_CHOSEN,
  SIGNAL_COMPLETED,
  N_SIGNALS,
} YjModelChooserSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjModelChooser, yj_model_chooser, ADW_TYPE_BIN)

/* Provider and name, as far as known: "Alibaba Cloud · happyhorse-1.0-i2v". */
static char *
dup_description (YjModel *model)
{
  const char *provider = yj_model_get_provider (model);
  g_autofree char *text = provider != NULL ? g_strdup_printf ("%s · %s", provider, yj_model_get_name (model))
                                           : g_strdup (yj_model_get_name (model));

  if (yj_model_get_llmid (model) != NULL)
    return g_steal_pointer (&text);

  /* translators: %s: provider and name of a model */
  return g_strdup_printf (_("%s · id not known"), text);
}

/* ---- lines of the list */
static void
show_check (GtkListItem *item)
{
  GtkWidget *check = g_object_get_data (G_OBJECT (item), "yj-check");
  AdwComboRow *row = g_object_get_data (G_OBJECT (item), "yj-row");

  gtk_widget_set_opacity (check, adw_combo_row_get_selected_item (row) == gtk_list_item_get_item (item) ? 1 : 0);
}

static void
setup_chosen_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  gtk_list_item_set_child (item, g_object_new (GTK_TYPE_LABEL, "xalign", 1.0f, "ellipsize", PANGO_ELLIPSIZE_END,
                                               "max-width-chars", 24, NULL));
}

/* Which model it is matters more than what stands beside it: in a narrow window that is what wraps. */
static void
bind_chosen_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                gpointer                  user_data)
{
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  const char *title = yj_model_get_title (gtk_list_item_get_item (item));

  gtk_label_set_label (label, title);
  gtk_label_set_width_chars (label, (int) MIN (g_utf8_strlen (title, -1), NAME_CHARS));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  YjModelChooser *self = YJ_MODEL_CHOOSER (user_data);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, NULL);
  GtkWidget *description = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END,
                                         "max-width-chars", 36, NULL);
  GtkWidget *check = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *meter = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "max-width-chars", 36, "visible", FALSE, NULL);

  gtk_widget_add_css_class (meter, "caption");
  gtk_widget_add_css_class (meter, "model-meter");
  gtk_widget_add_css_class (description, "caption");
  gtk_widget_add_css_class (description, "dimmed");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_margin_top (words, 3);
  gtk_widget_set_margin_bottom (words, 3);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), description);
  gtk_box_append (GTK_BOX (words), meter);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), check);
  gtk_list_item_set_child (item, line);
  g_object_set_data (G_OBJECT (item), "yj-title", title);
  g_object_set_data (G_OBJECT (item), "yj-description", description);
  g_object_set_data (G_OBJECT (item), "yj-meter", meter);
  g_object_set_data (G_OBJECT (item), "yj-check", check);
  g_object_set_data (G_OBJECT (item), "yj-row", self->row);
  g_signal_connect_object (self->row, "notify::selected-item", G_CALLBACK (show_check), item, G_CONNECT_SWAPPED);
}

static void
show_description (GtkListItem *item)
{
  g_autofree char *description = dup_description (gtk_list_item_get_item (item));

  gtk_label_set_label (g_object_get_data (G_OBJECT (item), "yj-description"), description);
}

static void
show_meter (YjModelChooser *self,
            GtkListItem    *item)
{
  GtkWidget *meter = g_object_get_data (G_OBJECT (item), "yj-meter");
  g_autoptr(YjFit) fit = self->draft != NULL ? yj_draft_fit (self->draft, gtk_list_item_get_item (item)) : NULL;
  g_autofree char *text = fit != NULL ? yj_fit_dup_text (fit) : NULL;
  static const char * const classes[] = { "all", "mend", "dimmed" };

  gtk_widget_set_visible (meter, text != NULL);
  gtk_label_set_label (GTK_LABEL (meter), text != NULL ? text : "");
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (fit != NULL && i == fit->verdict)
      gtk_widget_add_css_class (meter, classes[i]);
    else
      gtk_widget_remove_css_class (meter, classes[i]);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  YjModel *model = gtk_list_item_get_item (item);

  gtk_label_set_label (g_object_get_data (G_OBJECT (item), "yj-title"), yj_model_get_title (model));
  g_signal_connect_object (model, "notify::llmid", G_CALLBACK (show_description), item, G_CONNECT_SWAPPED);
  show_description (item);
  show_check (item);
  show_meter (YJ_MODEL_CHOOSER (user_data), item);
  g_ptr_array_add (YJ_MODEL_CHOOSER (user_data)->lines, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  YjModelChooser *self = YJ_MODEL_CHOOSER (user_data);

  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_description, item);
  if (self->lines != NULL)      /* not while it goes away */
    g_ptr_array_remove_fast (self->lines, item);
}

/* ---- how well it takes what is attached */

/* What the meters depend on: every file, and what is known of it. */
static char *
dup_attached (YjDraft *draft)
{
  GString *text = g_string_new (NULL);

  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO + 1; role++)
    {
      GListModel *files = role <= YJ_SLOT_REFERENCE_AUDIO ? yj_draft_get_files (draft, (YjSlotRole) role) : yj_draft_get_parked (draft);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

          g_string_append_printf (text, "%d %p %" G_GINT64_FORMAT " %d %d %" G_GINT64_FORMAT " %f %s %s %d\n", role, file,
                                  yj_draft_file_get_size (file), yj_draft_file_get_width (file), yj_draft_file_get_height (file),
                                  yj_draft_file_get_duration (file), yj_draft_file_get_frame_rate (file),
                                  yj_draft_file_get_video_codec (file), yj_draft_file_get_audio_codec (file),
                                  yj_draft_file_get_alpha (file));
        }
    }

  return g_string_free_and_steal (text);
}

/* The first model, of the same mode if there is one, that takes more than the chosen one: all, as it is or mended. */
static YjModel *
find_better (YjModelChooser *self,
             const YjFit    *fit,
             gboolean       *mended)
{
  GListModel *catalog = G_LIST_MODEL (yj_session_get_catalog (self->session));
  YjModel *best = NULL;
  int best_rank = G_MAXINT;

  if (fit->verdict != YJ_FIT_SOME)
    return NULL;

  for (guint i = 0; i < g_list_model_get_n_items (catalog); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (catalog, i);
      g_autoptr(YjFit) its = yj_draft_fit (self->draft, model);
      int rank = (int) its->verdict * 4 + (yj_model_get_mode (model) != yj_model_get_mode (self->model)) * 2 +
                 (yj_model_get_llmid (model) == NULL);

      if (its->verdict == YJ_FIT_SOME || rank >= best_rank)
        continue;
      best_rank = rank;
      *mended = its->verdict == YJ_FIT_MENDABLE;
      best = model;             /* the catalogue holds it */
    }

  return best;
}

static void
show_better (YjModelChooser *self,
             const YjFit    *fit)
{
  g_autofree char *sentence = NULL, *subtitle = NULL;
  gboolean mended = FALSE;

  g_set_object (&self->better, find_better (self, fit, &mended));
  gtk_widget_set_visible (self->better_button, self->better != NULL);
  if (self->better != NULL)
    {
      sentence = g_strdup_printf (mended
                                  /* translators: %s: title of a model; of all the attached files */
                                  ? _("%s takes all, once some are fixed")
                                  /* translators: %s: title of a model; of all the attached files */
                                  : _("%s takes all of them"), yj_model_get_title (self->better));
      subtitle = g_strdup_printf ("%s · %s", sentence, yj_job_text_get_mode (yj_model_get_mode (self->better)));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->better_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
    }
  adw_action_row_set_subtitle (self->fit_row, subtitle != NULL ? subtitle : "");
}

static void
show_fit (YjModelChooser *self)
{
  const char *provider = yj_model_get_provider (self->model);
  g_autoptr(YjFit) fit = yj_draft_fit (self->draft, self->model);
  g_autofree char *meter = yj_fit_dup_text (fit), *both = NULL;
  /* what it does not take and why needs more room than there is beside its name */
  gboolean apart = meter != NULL && fit->verdict == YJ_FIT_SOME;

  both = provider != NULL && meter != NULL ? g_strdup_printf ("%s · %s", provider, meter)
         : g_strdup (provider != NULL ? provider : meter != NULL ? meter : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), !apart ? both : provider != NULL ? provider : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, both, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fit_row), apart ? meter : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fit_row), apart);
  show_better (self, fit);
}

static void
show_meters (YjModelChooser *self)
{
  g_autofree char *attached = dup_attached (self->draft);

  if (g_strcmp0 (attached, self->attached) == 0)
    return;

  g_set_str (&self->attached, attached);
  show_fit (self);
  for (guint i = 0; i < self->lines->len; i++)
    show_meter (self, g_ptr_array_index (self->lines, i));
}

static void
better_cb (YjModelChooser *self)
{
  g_autoptr(YjModel) better = self->better != NULL ? g_object_ref (self->better) : NULL;

  if (better != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, better);
}

/* ---- the chosen one */
static void
show_model (YjModelChooser *self)
{
  g_autofree char *description = dup_description (self->model), *about = NULL;
  const char *note = yj_model_get_note (self->model);
  gboolean known = yj_model_get_llmid (self->model) != NULL;

  about = note != NULL ? g_strdup_printf ("%s\n\n%s", description, note) : g_strdup (description);
  gtk_widget_set_visible (GTK_WIDGET (self->llmid_row), !known);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_row), !known && note != NULL);
  gtk_label_set_label (self->about, about);
  gtk_widget_set_visible (self->about_button, known);
}

/* Its id was entered here, in the question before the first submission, or in the preferences. */
static void
llmid_cb (YjModelChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->llmid_row), "");
  show_model (self);
  g_signal_emit (self, signals[SIGNAL_COMPLETED], 0);
}

static void
selected_cb (YjModelChooser *self)
{
  YjModel *model = adw_combo_row_get_selected_item (self->row);

  if (self->updating || model == NULL || model == self->model)
    return;

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, model);
}

static void
say (YjModelChooser *self,
     const char     *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  if (YJ_IS_WINDOW (root))
    yj_window_add_toast (YJ_WINDOW (root), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

static void
apply_cb (YjModelChooser *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *llmid = yj_llmid_parse (gtk_editable_get_text (GTK_EDITABLE (self->llmid_row)), &error);

  if (llmid != NULL)
    yj_model_lists_take (self->session, self->model, llmid);
  else
    say (self, error->message);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjModelChooser) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) lists = yj_model_lists_finish (YJ_SESSION (object), result, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->look_button), TRUE);
  if (self->model == NULL || self->session == NULL || yj_model_get_llmid (self->model) != NULL)
    return;
  if (lists == NULL)
    {
      g_autofree char *text = yj_error_text_dup (error);

      say (self, text);
      return;
    }
  for (guint i = 0; i < lists->len; i++)
    {
      const YjListedModel *listed = g_ptr_array_index (lists, i);

      if (listed->model != self->model || listed->llmid == NULL)
        continue;
      yj_model_lists_take (self->session, self->model, listed->llmid);
      say (self, _("Found on the platform’s own list of models."));
      return;
    }
  say (self, _("The platform’s own lists do not tell it."));
}

static void
look_cb (YjModelChooser *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->look_button), FALSE);
  yj_model_lists_async (self->session, NULL, listed_cb, g_object_ref (self));
}

static void
plaza_cb (YjModelChooser *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (YJ_IS_WINDOW (root))
    yj_console_open (YJ_WINDOW (root), "models");
}

static void
fill_models (YjModelChooser *self)
{
  GListModel *catalog = G_LIST_MODEL (yj_session_get_catalog (self->session));
  g_autoptr(GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (catalog); i++)
    {
      g_autoptr(YjModel) other = g_list_model_get_item (catalog, i);

      if (yj_model_get_mode (other) == yj_model_get_mode (self->model))
        g_ptr_array_add (models, g_steal_pointer (&other));
    }
  g_list_store_splice (self->models, 0, g_list_model_get_n_items (G_LIST_MODEL (self->models)), models->pdata, models->len);
}

static void
select_model (YjModelChooser *self,
              YjModel        *model)
{
  guint position;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, llmid_cb, self);
  g_set_object (&self->model, model);
  g_signal_connect_object (model, "notify::llmid", G_CALLBACK (llmid_cb), self, G_CONNECT_SWAPPED);
  self->updating = TRUE;
  if (!g_list_store_find (self->models, model, &position))
    fill_models (self);
  if (g_list_store_find (self->models, model, &position))
    adw_combo_row_set_selected (self->row, position);
  self->updating = FALSE;
  g_clear_pointer (&self->attached, g_free);
  show_model (self);
}

/* ---- the catalogue changed */

/* Its models are new objects; the draft has its own already. */
static void
catalog_changed_cb (YjModelChooser *self)
{
  if (self->draft == NULL)
    return;

  self->updating = TRUE;
  g_list_store_remove_all (self->models);
  select_model (self, yj_draft_get_model (self->draft));
  show_meters (self);
}

static void
set_session (YjModelChooser *self,
             YjSession      *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (yj_session_get_catalog (self->session), catalog_changed_cb, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (yj_session_get_catalog (session), "items-changed", G_CALLBACK (catalog_changed_cb), self, G_CONNECT_SWAPPED);
}

/* ---- type */
static void
yj_model_chooser_dispose (GObject *object)
{
  YjModelChooser *self = YJ_MODEL_CHOOSER (object);

  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_MODEL_CHOOSER);
  set_session (self, NULL);
  g_clear_object (&self->draft);
  g_clear_object (&self->model);
  g_clear_object (&self->better);
  g_clear_object (&self->models);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->attached, g_free);

  G_OBJECT_CLASS (yj_model_chooser_parent_class)->dispose (object);
}

static void
yj_model_chooser_class_init (YjModelChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_model_chooser_dispose;

  /**
   * YjModelChooser::chosen:
   * @model: the model
   *
   * The person chose a model.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", YJ_TYPE_MODEL_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, YJ_TYPE_MODEL);
  /**
   * YjModelChooser::completed:
   *
   * The id of the model on show is known now.
   */
  signals[SIGNAL_COMPLETED] = g_signal_new ("completed", YJ_TYPE_MODEL_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (YJ_TYPE_MODEL);
  g_type_ensure (YJ_TYPE_PROBLEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-model-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, row);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, llmid_row);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, fit_row);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, note_row);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, note);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, about_button);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, about);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, problems);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, problems_row);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, better_button);
  gtk_widget_class_bind_template_child (widget_class, YjModelChooser, look_button);
  gtk_widget_class_bind_template_callback (widget_class, setup_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, better_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, plaza_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
}

static void
yj_model_chooser_init (YjModelChooser *self)
{
  self->models = g_list_store_new (YJ_TYPE_MODEL);
  self->lines = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* by its subtitle alone, without which files it takes */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  adw_combo_row_set_model (self->row, G_LIST_MODEL (self->models));
}

/**
 * yj_model_chooser_set_session:
 * @self: a chooser
 * @session: (nullable): whose catalogue it shows and completes
 */
void
yj_model_chooser_set_session (YjModelChooser *self,
                              YjSession      *session)
{
  g_return_if_fail (YJ_IS_MODEL_CHOOSER (self));

  set_session (self, session);
}

/**
 * yj_model_chooser_show_draft:
 * @self: a chooser with a session
 * @draft: the draft on show
 * @problems: (element-type Yj.Problem): what is wrong with it; those about the model are shown
 *
 * Shows the model of @draft, offers those of the same mode, and tells of each how well it takes the files.
 */
void
yj_model_chooser_show_draft (YjModelChooser *self,
                             YjDraft        *draft,
                             GPtrArray      *problems)
{
  g_return_if_fail (YJ_IS_MODEL_CHOOSER (self));
  g_return_if_fail (YJ_IS_DRAFT (draft));

  if (g_set_object (&self->draft, draft))
    g_clear_pointer (&self->attached, g_free);
  if (yj_draft_get_model (draft) != self->model)
    select_model (self, yj_draft_get_model (draft));
  show_meters (self);
  yj_problem_list_show (self->problems, problems, "model");
}
