/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notes about what is hardly meant, and what one click does about them. */
#include "catalog-test.h"

static YjCatalog *catalog;

#define SEEDANCE "r2v/doubao-seedance-2-0-260128"

static const YjProblem *
find_note (GPtrArray  *notes,
           const char *words)
{
  static const YjProblem nothing = { .message = (char *) "", .remedy_field = (char *) "", .remedy_value = (char *) "" };

  for (guint i = 0; i < notes->len; i++)
    {
      const YjProblem *note = g_ptr_array_index (notes, i);

      g_assert_cmpint (note->severity, ==, YJ_PROBLEM_NOTE);
      g_assert_false (note->missing);
      if (strstr (note->message, words) != NULL)
        return note;
    }

  return &nothing;
}

/* Does what the button of the note would; the note is gone then. */
static void
press (YjDraft    *draft,
       const char *words)
{
  g_autoptr(GPtrArray) notes = yj_draft_lint (draft), after = NULL;
  const YjProblem *note = find_note (notes, words);
  g_autofree char *field = g_strdup (note->remedy_field);

  g_assert_nonnull (note->remedy);
  yj_draft_set_value (draft, field, note->remedy_value);
  after = yj_draft_lint (draft);
  g_assert_cmpstr (find_note (after, words)->message, ==, "");
}

typedef struct
{
  const char *prompt;
  const char *unmentioned;      /* as told; "" for nothing */
  const char *missing;
} Row;

/* Two pictures and a clip are attached: lake.jpg, boat.jpg, clip.mp4. */
static const Row rows[] = {
  { "", "", "" },
  { "a lake", "@lake @boat @clip", "" },
  { "[Image 1] before [Image 2] as in [Video 1]", "", "" },
  { "图片1在[image 2]前，视频1", "", "" },
  { "@Image1, @Image 2 and @Video1", "", "" },
  { "@lake.jpg, @boat and @clip", "", "" },
  { "[Image 2] moves", "@lake @clip", "" },
  { "[Image 10] and [Image 1]", "@boat @clip", "“[Image 10]”" },
  { "[Image 1] [Image 2] [Video 1] [Audio 1]", "", "“[Audio 1]”" },
  { "[Image 1] [Image 2] [Video 1] [Image 0]", "", "“[Image 0]”" },
  { "[Image 1] [Image 2] [Video 1] 图片3", "", "“图片3”" },
  { "[Image] [Image x] image 1", "@lake @boat @clip", "" },
};

static void
test_mentions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
      g_autoptr(GPtrArray) notes = NULL;
      const char *told;

      add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "lake.jpg");
      add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "boat.jpg");
      add_plain (draft, YJ_SLOT_REFERENCE_VIDEOS, "clip.mp4");
      yj_draft_set_prompt (draft, rows[i].prompt);
      notes = yj_draft_lint (draft);
      told = find_note (notes, "does not mention")->message;
      g_test_message ("%s: %s", rows[i].prompt, told);
      g_assert_cmpint (*told != '\0', ==, *rows[i].unmentioned != '\0');
      assert_says (told, rows[i].unmentioned);
      told = find_note (notes, "no such reference")->message;
      g_assert_cmpint (*told != '\0', ==, *rows[i].missing != '\0');
      assert_says (told, rows[i].missing);
    }
}

static void
test_mention_them (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
  g_autofree char *sent = NULL, *less = NULL;
  YjDraftFile *lake;

  lake = add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "lake.jpg");
  add_plain (draft, YJ_SLOT_REFERENCE_VIDEOS, "clip.mp4");
  yj_draft_set_prompt (draft, "A lake, [Image 7] and [Video 2]");
  press (draft, "[Image 7]");
  g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "A lake, and [Video 2]");
  press (draft, "[Video 2]");
  g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "A lake, and");
  press (draft, "does not mention");
  g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "A lake, and @lake @clip");
  sent = yj_draft_dup_sent_prompt (draft);
  g_assert_cmpstr (sent, ==, "A lake, and [Image 1] [Video 1]");

  /* a mention of what is no longer there */
  yj_draft_remove_file (draft, lake);
  press (draft, "“@lake”");
  less = yj_draft_dup_sent_prompt (draft);
  g_assert_cmpstr (less, ==, "A lake, and [Video 1]");
}

/* What is set aside is not lost, and the note does not say so. */
static void
test_mention_of_parked (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
  YjDraftFile *clip = add_plain (draft, YJ_SLOT_REFERENCE_VIDEOS, "clip.mp4");

  yj_draft_append_mention (draft, clip);
  yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, "r2v/happyhorse-1.0-r2v"));
  press (draft, "“@clip”, which is set aside and not sent");
  g_assert_cmpstr (yj_draft_get_prompt (draft), ==, "");
}

/* HappyHorse: also by the word of its earlier pages. A text model gets no file that could be mentioned. */
static void
test_other_models (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "r2v/happyhorse-1.0-r2v"));
  g_autoptr(GPtrArray) fine = NULL, text = NULL;

  add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "a");
  yj_draft_set_prompt (draft, "character1 swims");
  fine = yj_draft_lint (draft);
  g_assert_cmpuint (fine->len, ==, 0);

  yj_draft_set_prompt (draft, "[Image 1] swims");
  yj_draft_set_model (draft, yj_catalog_find_by_id (catalog, "t2v/wan2.6-t2v"));
  text = yj_draft_lint (draft);
  g_assert_cmpuint (text->len, ==, 1);
  assert_says (((YjProblem *) g_ptr_array_index (text, 0))->message, "[Image 1]");
}

static void
test_first_frame (void)
{
  static const struct { const char *model; int width, height; const char *parameter, *value, *better; } shapes[] = {
    { "i2v/doubao-seedance-2-0-260128", 900, 1600, "ratio", NULL, NULL },               /* adaptive */
    { "i2v/doubao-seedance-2-0-260128", 900, 1600, "ratio", "9:16", NULL },
    { "i2v/doubao-seedance-2-0-260128", 900, 1600, "ratio", "16:9", "adaptive" },
    { "i2v/doubao-seedance-1-5-pro-251215", 900, 1600, "radio", NULL, NULL },
    { "i2v/doubao-seedance-1-5-pro-251215", 900, 1600, "radio", "1:1", "adaptive" },
    { "i2v/doubao-seedance-1-5-pro-251215", 900, 1600, "radio", "keep_ratio", NULL },
    { "i2v/viduq3-pro", 900, 1600, "ratio", NULL, "9:16" },
    { "i2v/viduq3-pro", 1920, 1080, "ratio", NULL, NULL },
    { "i2v/viduq3-pro", 1900, 1000, "ratio", NULL, NULL },                              /* none fits better than 16:9 */
    { "i2v/wan2.6-i2v", 1080, 1920, "size", NULL, "1080*1920" },
    { "i2v/wan2.6-i2v", 1000, 1000, "size", "832*480", "624*624" },
    { "i2v/wan2.6-i2v", 1920, 1080, "size", NULL, NULL },
    { "i2v/happyhorse-1.0-i2v", 1000, 1000, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, shapes[i].model));
      YjDraftFile *file = attach (draft, YJ_SLOT_FIRST_FRAME, NAME, YJ_MEDIA_KIND_IMAGE);
      g_autoptr(GPtrArray) unknown = yj_draft_lint (draft), notes = NULL;
      const YjProblem *note;

      g_assert_cmpstr (find_note (unknown, "first frame")->message, ==, "");            /* the size is not known yet */
      yj_draft_file_set_facts (file, 1, shapes[i].width, shapes[i].height, 0);
      if (shapes[i].value != NULL)
        yj_draft_set_value (draft, shapes[i].parameter, shapes[i].value);
      notes = yj_draft_lint (draft);
      note = find_note (notes, "first frame");
      g_test_message ("%s %d × %d %s: %s", shapes[i].model, shapes[i].width, shapes[i].height, shapes[i].value, note->message);
      if (shapes[i].better == NULL)
        {
          g_assert_cmpstr (note->message, ==, "");
          continue;
        }
      assert_says (note->message, NAME);
      g_assert_cmpstr (note->field, ==, shapes[i].parameter);
      g_assert_cmpstr (note->remedy_value, ==, shapes[i].better);
      press (draft, "first frame");
      g_assert_cmpstr (yj_draft_get_value (draft, shapes[i].parameter), ==, shapes[i].better);
    }
}

/* It is told that it is cropped only where nobody documents that the video takes its shape. */
static void
test_first_frame_sets_ratio (void)
{
  static const char own[] =
    "{\"version\": 1, \"models\": [{\"id\": \"own\", \"mode\": \"i2v\", \"name\": \"own\", \"llmid\": \"own\", "
    "\"first_frame_sets_ratio\": \"who\", \"slots\": [{\"role\": \"first-frame\", \"field\": \"f\", \"maximum\": 1}], "
    "\"parameters\": [{\"name\": \"ratio\", \"type\": \"choice\", \"default\": \"16:9\", \"allowed\": [\"16:9\", \"1:1\"]}]}]}";
  static const struct { const char *model, *words, *source; } claims[] = {
    { "i2v/viduq3-pro", "is 1:1 and the video 16:9: the first frame will be cropped or padded.", NULL },
    { "i2v/wan2.6-i2v", "is 1:1 and the size 16:9: the video takes the shape of the first frame, and of the size only the resolution counts.",
      "ComfyUI" },
    { "i2v/wan2.6-i2v-flash", "of the size only the resolution counts.", "ComfyUI" },
    { "own", "is 1:1 and the ratio 16:9: the video takes the shape of the first frame, and the ratio does not count.", "who" },
  };
  g_autoptr(YjCatalog) with_own = yj_catalog_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (yj_catalog_overlay (with_own, own, -1, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (with_own, claims[i].model));
      g_autoptr(GPtrArray) notes = NULL;
      const YjProblem *note;

      add_plain (draft, YJ_SLOT_FIRST_FRAME, NAME);
      notes = yj_draft_lint (draft);
      note = find_note (notes, "first frame");
      assert_says (note->message, NAME);
      assert_says (note->message, claims[i].words);
      if (claims[i].source == NULL)
        g_assert_null (note->source);
      else
        assert_says (note->source, claims[i].source);
    }
}

static void
test_last_frame (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "i2v/doubao-seedance-2-0-260128"));
  YjDraftFile *last;
  g_autoptr(GPtrArray) same = NULL, other = NULL;

  add_plain (draft, YJ_SLOT_FIRST_FRAME, "a");
  last = add_plain (draft, YJ_SLOT_LAST_FRAME, NAME);
  same = yj_draft_lint (draft);
  g_assert_cmpstr (find_note (same, "last frame")->message, ==, "");
  yj_draft_file_set_facts (last, 1, 1600, 900, 0);
  other = yj_draft_lint (draft);
  assert_says (find_note (other, "last frame")->message, "is 16:9 and the first frame 1:1");
  g_assert_true (yj_problem_is_mendable (find_note (other, "last frame")));
}

/* “Will be” only where somebody documents it; Fix is offered here where nothing else is wrong with the file. */
static void
test_last_frame_documented (void)
{
  static const struct { const char *model, *type; gboolean cropped, can_mend; } claims[] = {
    { "i2v/doubao-seedance-2-0-260128", "image/jpeg", TRUE, TRUE },
    { "i2v/doubao-seedance-2-0-fast-260128", "image/jpeg", TRUE, TRUE },
    { "i2v/doubao-seedance-1-5-pro-251215", "image/jpeg", TRUE, TRUE },
    { "i2v/doubao-seedance-2-0-260128", "image/heic", TRUE, FALSE },    /* validation tells of it, with a Fix */
    { "i2v/wan2.6-i2v", "image/jpeg", FALSE, TRUE },
    { "i2v/viduq3-pro", "image/jpeg", FALSE, TRUE },
    { "i2v/viduq2-turbo", "image/jpeg", FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, claims[i].model));
      g_autoptr(GPtrArray) notes = NULL;
      const YjProblem *note;
      YjDraftFile *last;

      add_plain (draft, YJ_SLOT_FIRST_FRAME, "a");
      last = add_plain (draft, YJ_SLOT_LAST_FRAME, NAME);
      yj_draft_file_set_content_type (last, claims[i].type);
      yj_draft_file_set_facts (last, 1000, 1600, 900, 0);
      notes = yj_draft_lint (draft);
      note = find_note (notes, "the last frame");
      assert_says (note->message, claims[i].cropped ? "the last frame will be cropped." : "the last frame may be cropped or distorted.");
      g_assert_true ((note->source != NULL) == claims[i].cropped);
      g_assert_true (note->can_mend == claims[i].can_mend);
    }
}

static void
test_surprises (void)
{
  static const struct { const char *model, *id, *words; } models[] = {
    { "t2v/happyhorse-1.0-t2v", "happyhorse-1.0-t2v/watermark", "watermark" },
    { "t2v/viduq3-pro", "viduq3-pro/sound", "sound" },
    { "i2v/viduq3-pro", "viduq3-pro/sound", "sound" },
    { "t2v/doubao-seedance-1-5-pro-251215", "doubao-seedance-1-5-pro-251215/sound", "a switch for sound" },
    { "i2v/doubao-seedance-1-5-pro-251215", "doubao-seedance-1-5-pro-251215/sound", "a switch for sound" },
    { "i2v/doubao-seedance-2-0-260128", "doubao-seedance-2-0-260128/faces", "refuses pictures that show the faces of real people" },
    { "i2v/doubao-seedance-2-0-fast-260128", "doubao-seedance-2-0-fast-260128/faces", "real people" },
    { "r2v/doubao-seedance-2-0-260128", "doubao-seedance-2-0-260128/faces", "refuses pictures and videos" },
    { "i2v/wan2.6-i2v", "wan2.6-i2v/last-frame", "last frame" },
    { "i2v/wan2.6-i2v-flash", "wan2.6-i2v-flash/last-frame", "last frame" },
    /* nobody documents any */
    { "i2v/viduq2-turbo", NULL, NULL },
    { "t2v/wan2.6-t2v", NULL, NULL },
    { "t2v/doubao-seedance-2-0-260128", NULL, NULL },
    { "i2v/happyhorse-1.0-i2v", NULL, NULL },
    { "r2v/happyhorse-1.0-r2v", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, models[i].model));
      g_autoptr(GPtrArray) notes = yj_draft_lint (draft);
      const YjProblem *note;

      g_assert_cmpuint (notes->len, ==, models[i].id != NULL);
      if (models[i].id == NULL)
        continue;
      note = g_ptr_array_index (notes, 0);
      g_assert_cmpstr (note->id, ==, models[i].id);
      g_assert_cmpstr (note->field, ==, "model");
      assert_says (note->message, models[i].words);
      g_assert_nonnull (note->source);
    }
}

/* What validation offers to change: a text beyond a silent cut, a number and a choice beyond what is documented. */
/* What is to be spoken stands in the quotation marks that the model knows it by. */
static void
test_speech (void)
{
  static const struct { const char *prompt, *mended; } speeches[] = {
    { "A man says: hello there. He waves.", "A man says: \"hello there.\" He waves." },
    { "A man says: \"hello there.\" He waves.", NULL },
    { "He said: {hello}", NULL },
    { "女孩笑着说：你好，世界。镜头拉远。", "女孩笑着说：“你好，世界。”镜头拉远。" },
    { "女孩笑着说：“你好，世界。”镜头拉远。", NULL },
    { "女孩说道：「你好」", NULL },
    { "旁白：很久以前，有一座山", "旁白：“很久以前，有一座山”" },
    { "对白：无", NULL },
    { "说明：远景，慢镜头", NULL },
    { "Style: film. Sound: rain on a roof.", NULL },
    { "The text on the sign says nothing", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (speeches); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "t2v/doubao-seedance-1-5-pro-251215"));
      g_autoptr(YjDraft) silent = yj_draft_new (yj_catalog_find_by_id (catalog, "t2v/wan2.6-t2v"));
      g_autoptr(GPtrArray) notes = NULL, others = NULL;
      const YjProblem *note;

      yj_draft_set_prompt (draft, speeches[i].prompt);
      yj_draft_set_prompt (silent, speeches[i].prompt);
      notes = yj_draft_lint (draft);
      others = yj_draft_lint (silent);
      note = find_note (notes, "quotation marks");
      g_assert_cmpstr (find_note (others, "quotation marks")->message, ==, "");
      if (speeches[i].mended == NULL)
        {
          g_assert_cmpstr (note->message, ==, "");
          continue;
        }
      g_assert_nonnull (note->source);
      g_assert_cmpstr (note->remedy_value, ==, speeches[i].mended);
      press (draft, "quotation marks");
    }
}

static void
test_remedies (void)
{
  static const struct { const char *model, *parameter, *value, *label, *better; } changes[] = {
    { "t2v/happyhorse-1.0-t2v", "duration", "20", "Use 15\302\240s", "15" },
    { "t2v/happyhorse-1.0-t2v", "duration", "1", "Use 3\302\240s", "3" },
    { "i2v/viduq2-turbo", "duration", "16", "Use 8\302\240s", "8" },
    { "t2v/happyhorse-1.0-t2v", "resolution", "480p", "Use 720p", "720p" },
    { "t2v/doubao-seedance-2-0-fast-260128", "resolution", "1080p", "Use 720p", "720p" },
  };
  g_autoptr(YjDraft) cut = yj_draft_new (yj_catalog_find_by_id (catalog, "t2v/happyhorse-1.0-t2v"));
  g_autoptr(GString) prompt = g_string_new ("a ");
  g_autoptr(GPtrArray) problems = NULL, shorter = NULL;
  const YjProblem *problem;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, changes[i].model));
      g_autoptr(GPtrArray) found = NULL;

      yj_draft_set_value (draft, changes[i].parameter, changes[i].value);
      found = yj_draft_validate (draft);
      problem = find_problem (found, g_str_equal (changes[i].parameter, "duration") ? YJ_LIMIT_NUMBER : YJ_LIMIT_VALUES);
      g_assert_cmpstr (problem->remedy, ==, changes[i].label);
      g_assert_cmpstr (problem->remedy_field, ==, changes[i].parameter);
      g_assert_cmpstr (problem->remedy_value, ==, changes[i].better);
    }

  for (int i = 0; i < 1252; i++)
    g_string_append (prompt, "画画，");
  yj_draft_set_prompt (cut, prompt->str);
  problems = yj_draft_validate (cut);
  problem = find_problem (problems, YJ_LIMIT_HAN);
  g_assert_cmpint ((int) problem->severity, ==, YJ_PROBLEM_NOTE);
  g_assert_cmpstr (problem->remedy, ==, "Cut It There");
  yj_draft_set_value (cut, problem->remedy_field, problem->remedy_value);
  g_assert_cmpint (g_utf8_strlen (yj_draft_get_prompt (cut), -1), ==, 2 + 3 * 1250);
  shorter = yj_draft_validate (cut);
  g_assert_cmpstr (find_problem (shorter, YJ_LIMIT_HAN)->message, ==, "");
}

/* Cutting leaves mentions alone, and what is sent is within the limit. */
static void
test_cut_mentions (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, "r2v/happyhorse-1.0-r2v"));
  YjDraftFile *file = add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "a very long name of a picture of a lake.jpg");
  g_autoptr(GString) prompt = g_string_new ("a ");
  g_autoptr(GPtrArray) problems = NULL;
  g_autofree char *sent = NULL;
  const YjProblem *problem;

  yj_draft_append_mention (draft, file);
  g_string_append (prompt, yj_draft_get_prompt_source (draft));
  for (int i = 0; i < 5100; i++)
    g_string_append (prompt, "x");
  yj_draft_set_prompt_source (draft, prompt->str);
  problems = yj_draft_validate (draft);
  problem = find_problem (problems, YJ_LIMIT_CHARACTERS);
  g_assert_cmpstr (problem->remedy, ==, "Cut It There");
  yj_draft_set_value (draft, problem->remedy_field, problem->remedy_value);
  sent = yj_draft_dup_sent_prompt (draft);
  g_assert_true (g_str_has_prefix (sent, "a [Image 1]x"));
  g_assert_cmpint (g_utf8_strlen (sent, -1), <=, 5000);
  g_assert_cmpint (g_utf8_strlen (sent, -1), >, 4990);
}

/* Of what is attached twice one copy can go: that of which the prompt does not speak. */
static void
test_twins (void)
{
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_find_by_id (catalog, SEEDANCE));
  YjDraftFile *lake = add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "lake.jpg");
  YjDraftFile *copy = add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "copy.jpg");
  YjDraftFile *clip = add_plain (draft, YJ_SLOT_REFERENCE_VIDEOS, "clip.mp4");
  g_autoptr(GPtrArray) unknown = yj_draft_lint (draft), told = NULL, mentioned = NULL, gone = NULL;

  g_assert_cmpstr (find_note (unknown, "is the same")->message, ==, "");

  yj_draft_file_set_digest (lake, "a");
  yj_draft_file_set_digest (copy, "a");
  yj_draft_file_set_digest (clip, "a");
  told = yj_draft_lint (draft);
  assert_says (find_note (told, "is the same")->message, "“copy.jpg” is the same picture as “lake.jpg”.");
  g_assert_true (find_note (told, "is the same")->file == copy);
  g_assert_true (find_note (told, "is the same")->can_remove);
  g_assert_cmpstr (find_note (told, "same video")->message, ==, "");

  yj_draft_append_mention (draft, copy);
  mentioned = yj_draft_lint (draft);
  g_assert_true (find_note (mentioned, "is the same")->file == lake);

  yj_draft_remove_file (draft, lake);
  gone = yj_draft_lint (draft);
  g_assert_cmpstr (find_note (gone, "is the same")->message, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/lint/mentions", test_mentions);
  g_test_add_func ("/lint/mention-them", test_mention_them);
  g_test_add_func ("/lint/mention-of-parked", test_mention_of_parked);
  g_test_add_func ("/lint/other-models", test_other_models);
  g_test_add_func ("/lint/first-frame", test_first_frame);
  g_test_add_func ("/lint/first-frame-sets-ratio", test_first_frame_sets_ratio);
  g_test_add_func ("/lint/last-frame", test_last_frame);
  g_test_add_func ("/lint/last-frame-documented", test_last_frame_documented);
  g_test_add_func ("/lint/surprises", test_surprises);
  g_test_add_func ("/lint/speech", test_speech);
  g_test_add_func ("/lint/remedies", test_remedies);
  g_test_add_func ("/lint/cut-mentions", test_cut_mentions);
  g_test_add_func ("/lint/twins", test_twins);

  return g_test_run ();
}
