/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-create-page"

#include "yj-create-page.h"

#include <glib/gi18n.h>

#include "yj-attach-look.h"
#include "yj-create-prompt.h"
#include "yj-draft-bar.h"
#include "yj-generate-bar.h"
#include "yj-job-list.h"
#include "yj-job-sign.h"
#include "yj-keep-focus.h"
#include "yj-model-chooser.h"
#include "yj-model-id-dialog.h"
#include "yj-notes.h"
#include "yj-parameter-form.h"
#include "yj-recipe-drop.h"
#include "yj-reference-panel.h"
#include "yj-window.h"

#define N_MODES 3
#define ORDERED_SECONDS 8

struct _YjCreatePage
{
  AdwBin            parent_instance;

  YjDraftBar       *draft_bar;
  AdwMultiLayoutView *layouts;
  GtkWidget        *form;
  AdwToggleGroup   *modes;
  YjModelChooser   *model_chooser;
  YjReferencePanel *panel;
  YjCreatePrompt   *prompt;
  YjParameterForm  *parameters;
  YjGenerateBar    *generate_bar;
  YjJobList        *jobs;
  YjJobSign        *job_sign;           /* of those that went wrong, where they are below the form */
  AdwToastOverlay  *toasts_beside;      /* where the jobs are beside the form */
  AdwToastOverlay  *toasts_above;       /* where they are below it */
  AdwBreakpoint    *small;              /* no room for the modes side by side */
  AdwToast         *ordered;            /* on show; weak */

  YjSession        *session;
  GSignalGroup     *open_draft; /* the one on show */
  YjDraft          *draft;
  gulong            changed_id;
  YjModel          *last_models[N_MODES];   /* the one used last in each mode, or NULL */
  gboolean          updating;   /* the draft speaks, the controls listen */
};

typedef enum
{
  PROP_SESSION = 1,
} YjCreatePageProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjCreatePage, yj_create_page, ADW_TYPE_BIN)

/* ---- what is shown of the draft */
static void
show_draft (YjCreatePage *self)
{
  YjModel *model = yj_draft_get_model (self->draft);
  g_autoptr(GPtrArray) problems = yj_notes_collect (self->draft);

  self->updating = TRUE;
  g_set_object (&self->last_models[yj_model_get_mode (model)], model);
  adw_toggle_group_set_active (self->modes, yj_model_get_mode (model));
  yj_model_chooser_show_draft (self->model_chooser, self->draft, problems);
  gtk_widget_set_visible (GTK_WIDGET (self->panel),
                          g_list_model_get_n_items (yj_model_get_slots (model)) > 0 ||
                          g_list_model_get_n_items (yj_draft_get_parked (self->draft)) > 0);
  yj_create_prompt_show_problems (self->prompt, problems);
  yj_reference_panel_show_problems (self->panel, problems);
  yj_parameter_form_show_problems (self->parameters, problems);
  yj_generate_bar_set_awaited (self->generate_bar, yj_attacher_awaits (yj_reference_panel_get_attacher (self->panel), self->draft));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "create.generate",
                                 yj_generate_bar_show (self->generate_bar, self->draft, problems));
  self->updating = FALSE;
}

static void
draft_changed_cb (YjCreatePage *self)
{
  show_draft (self);
}

/* What is half there is not sent. */
static void
busy_cb (YjCreatePage *self)
{
  YjAttacher *attacher = yj_reference_panel_get_attacher (self->panel);

  if (self->draft != NULL && yj_generate_bar_set_awaited (self->generate_bar, yj_attacher_awaits (attacher, self->draft)))
    show_draft (self);
}

static void
take_draft (YjCreatePage *self,
            YjDraft      *draft)
{
  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  g_set_object (&self->draft, draft);
  yj_reference_panel_set_draft (self->panel, draft);
  yj_create_prompt_set_draft (self->prompt, draft);
  yj_parameter_form_set_draft (self->parameters, draft);
  if (draft == NULL)
    return;

  self->changed_id = g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  show_draft (self);
}

/* The draft on show is another, or has been replaced. */
static void
open_draft_cb (YjCreatePage *self)
{
  YjOpenDraft *open = g_signal_group_dup_target (self->open_draft);

  take_draft (self, open != NULL ? yj_open_draft_get_draft (open) : NULL);
  g_clear_object (&open);
}

static void
selected_draft_cb (YjCreatePage *self)
{
  g_signal_group_set_target (self->open_draft, yj_draft_list_get_selected (yj_session_get_drafts (self->session)));
  open_draft_cb (self);
}

/* Older versions kept one draft among the settings. */
static void
import_old_draft (YjDraftList *drafts)
{
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);
  g_autofree char *json = g_settings_get_string (settings, "draft");

  if (*json == '\0' || !yj_draft_list_import (drafts, json))
    return;
  yj_draft_list_flush (drafts);
  g_settings_reset (settings, "draft");
}

/* ---- what the person does */
static YjModel *
find_model (YjCreatePage *self,
            YjMode        mode)
{
  YjCatalog *catalog = yj_session_get_catalog (self->session);
  YjModel *last = self->last_models[mode];
  /* found anew: the catalogue may have been changed since */
  YjModel *model = last != NULL ? yj_catalog_find_by_id (catalog, yj_model_get_id (last)) : NULL;

  return model != NULL ? model : yj_catalog_get_default (catalog, mode);
}

static void
set_mode (YjCreatePage *self,
          YjMode        mode)
{
  YjModel *model = find_model (self, mode);

  if (model != NULL)
    yj_draft_set_model (self->draft, model);
}

static void
mode_cb (YjCreatePage *self)
{
  guint mode = adw_toggle_group_get_active (self->modes);

  if (!self->updating && self->draft != NULL && mode < N_MODES)
    set_mode (self, (YjMode) mode);
}

static void
chosen_cb (YjCreatePage *self,
           YjModel      *model)
{
  if (self->draft != NULL)
    yj_draft_set_model (self->draft, model);
}

/* Files came while the model takes none: go where more of them can be used. */
static void
needs_slots_cb (YjCreatePage *self,
                guint         images,
                guint         videos,
                guint         sounds)
{
  const guint counts[] = { [YJ_MEDIA_KIND_IMAGE] = images, [YJ_MEDIA_KIND_VIDEO] = videos, [YJ_MEDIA_KIND_AUDIO] = sounds };
  YjModel *frames = find_model (self, YJ_MODE_IMAGE_TO_VIDEO), *references = find_model (self, YJ_MODE_REFERENCES_TO_VIDEO);
  guint as_frames = frames != NULL ? yj_attach_count_taken (frames, counts) : 0;
  guint as_references = references != NULL ? yj_attach_count_taken (references, counts) : 0;
  gboolean picture = as_frames > 0 && as_frames >= as_references;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  set_mode (self, picture ? YJ_MODE_IMAGE_TO_VIDEO : YJ_MODE_REFERENCES_TO_VIDEO);
  if (YJ_IS_WINDOW (root))
    yj_window_add_toast (YJ_WINDOW (root), adw_toast_new (picture ? _("Changed to Image to Video")
                                                                  : _("Changed to References to Video")));
}

static void
mention_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  YjCreatePage *self = YJ_CREATE_PAGE (widget);

  yj_create_prompt_mention (self->prompt, g_variant_get_string (parameter, NULL));
}

static void
focus_prompt_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (YJ_CREATE_PAGE (widget)->prompt));
}

static void
add_files_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  YjCreatePage *self = YJ_CREATE_PAGE (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->panel)))
    gtk_widget_activate_action (GTK_WIDGET (self->panel), "panel.add", NULL);
}

static void
fix_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  yj_reference_panel_fix_file (YJ_CREATE_PAGE (widget)->panel, g_variant_get_string (parameter, NULL));
}

static void
remedy_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  YjCreatePage *self = YJ_CREATE_PAGE (widget);
  const char *field, *value;

  g_variant_get (parameter, "(&sm&s)", &field, &value);
  if (self->draft != NULL)
    yj_draft_set_value (self->draft, field, value);
}

static void
put_away_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  YjCreatePage *self = YJ_CREATE_PAGE (widget);

  yj_notes_put_away (g_variant_get_string (parameter, NULL));
  if (self->draft != NULL)
    show_draft (self);
}

static void
clear_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  YjCreatePage *self = YJ_CREATE_PAGE (widget);
  g_autoptr(YjDraft) draft = NULL;

  if (self->draft == NULL)
    return;

  draft = yj_draft_new (yj_draft_get_model (self->draft));
  yj_draft_bar_replace (self->draft_bar, draft, _("The draft was cleared"));
  gtk_widget_grab_focus (GTK_WIDGET (self->prompt));
}

static void
id_asked_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  YjCreatePage *self = YJ_CREATE_PAGE (object);

  if (!yj_model_id_dialog_ask_finish (GTK_WIDGET (object), result) || self->draft == NULL)
    return;

  show_draft (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "create.generate", NULL);
}

static void
generate_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  YjCreatePage *self = YJ_CREATE_PAGE (widget);

  if (self->draft == NULL)
    return;

  yj_reference_panel_look_again (self->panel);
  /* without its id nothing can be sent to the model: asked for once */
  if (yj_draft_get_value (self->draft, "llmid") == NULL)
    yj_model_id_dialog_ask (widget, self->session, yj_draft_get_model (self->draft), id_asked_cb, NULL);
  else
    yj_generate_bar_generate (self->generate_bar);
}

/* What was ordered is seen beside the form; where the jobs lie below it, nothing on screen would tell, and whoever is in
   doubt presses again, and pays again. */
static void
ordered_cb (YjCreatePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (yj_create_page_shows_jobs (self) || !YJ_IS_WINDOW (root))
    {
      gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Added to the queue"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      return;
    }

  if (self->ordered != NULL)
    adw_toast_dismiss (self->ordered);
  g_set_weak_pointer (&self->ordered, adw_toast_new (_("Added to the queue")));
  adw_toast_set_button_label (self->ordered, _("Show"));
  adw_toast_set_action_name (self->ordered, "create.show-jobs");
  adw_toast_set_timeout (self->ordered, ORDERED_SECONDS);
  yj_window_add_toast (YJ_WINDOW (root), self->ordered);
}

static void
show_jobs_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  YjCreatePage *self = YJ_CREATE_PAGE (widget);
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self->jobs), GTK_TYPE_VIEWPORT);
  g_autoptr(YjJob) job = yj_job_sign_dup_job (self->job_sign);

  yj_job_list_focus_job (self->jobs, job);
  gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), job != NULL ? gtk_root_get_focus (gtk_widget_get_root (widget))
                                                               : GTK_WIDGET (self->jobs), NULL);
}

/* Side by side as long as they fit: three Chinese names do in a phone's width, English ones do not. */
static void
map_cb (YjCreatePage *self)
{
  int margins = gtk_widget_get_margin_start (self->form) + gtk_widget_get_margin_end (self->form), widest;
  AdwBreakpointCondition *condition;

  gtk_widget_measure (GTK_WIDGET (self->modes), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &widest, NULL, NULL);
  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (self->modes)) == GTK_ORIENTATION_VERTICAL)
    widest *= N_MODES;
  condition = adw_breakpoint_condition_new_length (ADW_BREAKPOINT_CONDITION_MAX_WIDTH, widest + margins - 1, ADW_LENGTH_UNIT_PX);
  adw_breakpoint_set_condition (self->small, condition);
  adw_breakpoint_condition_free (condition);
}

/* ---- type */
static void
show_again_cb (YjCreatePage *self)
{
  if (self->draft != NULL)
    show_draft (self);
}

static void
set_session (YjCreatePage *self,
             YjSession    *session)
{
  g_autoptr(GFile) pasted = yj_attach_look_dup_folder ();

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, show_again_cb, self);
      g_signal_handlers_disconnect_by_func (yj_session_get_drafts (self->session), selected_draft_cb, self);
    }
  g_signal_group_set_target (self->open_draft, NULL);
  take_draft (self, NULL);
  g_set_object (&self->session, session);
  yj_model_chooser_set_session (self->model_chooser, session);
  yj_create_prompt_set_session (self->prompt, session);
  yj_reference_panel_set_library (self->panel, session != NULL ? yj_session_get_library (session) : NULL);
  yj_attacher_set_queue (yj_reference_panel_get_attacher (self->panel), session != NULL ? yj_session_get_queue (session) : NULL);
  yj_generate_bar_set_session (self->generate_bar, session);
  yj_job_list_set_queue (self->jobs, session != NULL ? yj_session_get_queue (session) : NULL);
  yj_job_sign_set_queue (self->job_sign, session != NULL ? yj_session_get_queue (session) : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self), session != NULL);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "notify::platform", G_CALLBACK (show_again_cb), self, G_CONNECT_SWAPPED);
  import_old_draft (yj_session_get_drafts (session));
  yj_library_tidy_pasted (yj_session_get_library (session), pasted);
  yj_draft_bar_set_drafts (self->draft_bar, yj_session_get_drafts (session));
  g_signal_connect_object (yj_session_get_drafts (session), "notify::selected", G_CALLBACK (selected_draft_cb), self,
                           G_CONNECT_SWAPPED);
  selected_draft_cb (self);
}

static void
yj_create_page_dispose (GObject *object)
{
  YjCreatePage *self = YJ_CREATE_PAGE (object);

  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  self->updating = TRUE;
  g_clear_weak_pointer (&self->ordered);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_CREATE_PAGE);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  g_clear_object (&self->open_draft);
  for (guint i = 0; i < N_MODES; i++)
    g_clear_object (&self->last_models[i]);

  G_OBJECT_CLASS (yj_create_page_parent_class)->dispose (object);
}

static void
yj_create_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  YjCreatePage *self = YJ_CREATE_PAGE (object);

  switch ((YjCreatePageProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_create_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  YjCreatePage *self = YJ_CREATE_PAGE (object);

  switch ((YjCreatePageProps) prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    }
}

static void
yj_create_page_class_init (YjCreatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_create_page_dispose;
  object_class->get_property = yj_create_page_get_property;
  object_class->set_property = yj_create_page_set_property;

  /**
   * YjCreatePage:session:
   *
   * What the page works with, once it is open; %NULL before.
   */
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_install_action (widget_class, "create.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "create.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "create.show-jobs", NULL, show_jobs_action);
  gtk_widget_class_install_action (widget_class, "create.focus-prompt", NULL, focus_prompt_action);
  gtk_widget_class_install_action (widget_class, "create.mention", "s", mention_action);
  gtk_widget_class_install_action (widget_class, "create.add-files", NULL, add_files_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "create.add-files", NULL);
  gtk_widget_class_install_action (widget_class, "create.fix", "s", fix_action);
  gtk_widget_class_install_action (widget_class, "create.remedy", "(sms)", remedy_action);
  gtk_widget_class_install_action (widget_class, "create.put-away", "s", put_away_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "create.generate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "create.generate", NULL);

  g_type_ensure (YJ_TYPE_DRAFT_BAR);
  g_type_ensure (YJ_TYPE_GENERATE_BAR);
  g_type_ensure (YJ_TYPE_MODEL_CHOOSER);
  g_type_ensure (YJ_TYPE_REFERENCE_PANEL);
  g_type_ensure (YJ_TYPE_CREATE_PROMPT);
  g_type_ensure (YJ_TYPE_PARAMETER_FORM);
  g_type_ensure (YJ_TYPE_JOB_LIST);
  g_type_ensure (YJ_TYPE_JOB_SIGN);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-create-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, draft_bar);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, layouts);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, form);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, small);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, modes);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, model_chooser);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, panel);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, prompt);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, parameters);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, generate_bar);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, jobs);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, job_sign);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, toasts_beside);
  gtk_widget_class_bind_template_child (widget_class, YjCreatePage, toasts_above);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_again_cb);
}

static void
yj_create_page_init (YjCreatePage *self)
{
  self->open_draft = g_signal_group_new (YJ_TYPE_OPEN_DRAFT);
  g_signal_group_connect_swapped (self->open_draft, "notify::draft", G_CALLBACK (open_draft_cb), self);
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  yj_draft_bar_add_actions (self->draft_bar, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  yj_keep_focus (GTK_WIDGET (self->layouts), "layout-name");
  yj_keep_focus (adw_bin_get_child (ADW_BIN (self)), "current-breakpoint");
  yj_job_sign_set_list (self->job_sign, GTK_WIDGET (self->jobs));
  g_signal_connect_object (self->generate_bar, "changed", G_CALLBACK (show_again_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->generate_bar, "ordered", G_CALLBACK (ordered_cb), self, G_CONNECT_SWAPPED);
  yj_reference_panel_set_drop_area (self->panel, GTK_WIDGET (self));
  yj_recipe_drop_connect (GTK_WIDGET (self), yj_reference_panel_get_attacher (self->panel));
  g_signal_connect_object (yj_reference_panel_get_attacher (self->panel), "needs-slots", G_CALLBACK (needs_slots_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (yj_reference_panel_get_attacher (self->panel), "mention", G_CALLBACK (yj_create_prompt_mention_pasted),
                           self->prompt, G_CONNECT_SWAPPED);
  g_signal_connect_object (yj_reference_panel_get_attacher (self->panel), "notify::busy", G_CALLBACK (busy_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * yj_create_page_set_draft:
 * @self: the page, with a session
 * @draft: what to show from now on
 *
 * Shows @draft beside those that are there; in place of the one on show, if nothing was entered in that.
 */
void
yj_create_page_set_draft (YjCreatePage *self,
                          YjDraft      *draft)
{
  YjDraftList *drafts;

  g_return_if_fail (YJ_IS_CREATE_PAGE (self));
  g_return_if_fail (YJ_IS_DRAFT (draft));
  g_return_if_fail (self->session != NULL);

  drafts = yj_session_get_drafts (self->session);
  if (draft == self->draft)
    return;
  if (yj_open_draft_is_empty (yj_draft_list_get_selected (drafts)))
    yj_open_draft_set_draft (yj_draft_list_get_selected (drafts), draft);
  else
    yj_draft_list_add (drafts, draft, NULL);
}

/**
 * yj_create_page_add_files:
 * @self: the page, with a session
 * @files: a list of #GFile
 *
 * Attaches the files where they fit, as if they had been dropped.
 */
void
yj_create_page_add_files (YjCreatePage *self,
                          GListModel   *files)
{
  GSList *list = NULL;

  g_return_if_fail (YJ_IS_CREATE_PAGE (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));
  g_return_if_fail (self->session != NULL);

  for (guint i = g_list_model_get_n_items (files); i > 0; i--)
    list = g_slist_prepend (list, g_list_model_get_item (files, i - 1));
  yj_attacher_add_to (yj_reference_panel_get_attacher (self->panel), list, &(YjAttachAim) { .role = -1, .position = G_MAXUINT });
  g_slist_free_full (list, g_object_unref);
}

/**
 * yj_create_page_set_prompt:
 * @self: the page, with a session
 * @prompt: what to show
 *
 * Replaces the prompt only; its undo brings the former one back.
 */
void
yj_create_page_set_prompt (YjCreatePage *self,
                           const char   *prompt)
{
  g_return_if_fail (YJ_IS_CREATE_PAGE (self));
  g_return_if_fail (self->session != NULL);

  yj_create_prompt_replace (self->prompt, prompt);
}

/**
 * yj_create_page_get_toasts:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what shows toasts above Generate while the page is in sight
 */
AdwToastOverlay *
yj_create_page_get_toasts (YjCreatePage *self)
{
  g_return_val_if_fail (YJ_IS_CREATE_PAGE (self), NULL);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->toasts_beside)))
    return self->toasts_beside;

  return gtk_widget_get_mapped (GTK_WIDGET (self->toasts_above)) ? self->toasts_above : NULL;
}

/**
 * yj_create_page_shows_jobs:
 * @self: a page
 *
 * Returns: whether the latest jobs are in sight: the window is wide, and this is its place
 */
gboolean
yj_create_page_shows_jobs (YjCreatePage *self)
{
  g_return_val_if_fail (YJ_IS_CREATE_PAGE (self), FALSE);

  return gtk_widget_get_mapped (GTK_WIDGET (self->toasts_beside));
}
