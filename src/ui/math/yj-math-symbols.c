/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-math-symbols"

#include "yj-math-symbols.h"

#include <string.h>

#define ORD(name, text)   { name, text, YJ_MATH_ORDINARY, YJ_LIMITS_NEVER, FALSE }
#define BIN(name, text)   { name, text, YJ_MATH_BINARY, YJ_LIMITS_NEVER, FALSE }
#define REL(name, text)   { name, text, YJ_MATH_RELATION, YJ_LIMITS_NEVER, FALSE }
#define LEFT(name, text)  { name, text, YJ_MATH_OPEN, YJ_LIMITS_NEVER, FALSE }
#define RIGHT(name, text) { name, text, YJ_MATH_CLOSE, YJ_LIMITS_NEVER, FALSE }
#define DOTS(name, text)  { name, text, YJ_MATH_INNER, YJ_LIMITS_NEVER, FALSE }
#define SUM(name, text)   { name, text, YJ_MATH_OPERATOR, YJ_LIMITS_DISPLAY, TRUE }
#define INT(name, text)   { name, text, YJ_MATH_OPERATOR, YJ_LIMITS_NEVER, TRUE }
#define FUN(name, text)   { name, text, YJ_MATH_OPERATOR, YJ_LIMITS_NEVER, FALSE }
#define LIM(name, text)   { name, text, YJ_MATH_OPERATOR, YJ_LIMITS_DISPLAY, FALSE }

/* The commands of TeX, LaTeX and amsmath that are met in answers, without their backslash. */
static const YjMathSymbol symbols[] = {
  ORD("alpha", "α"), ORD("beta", "β"), ORD("gamma", "γ"), ORD("delta", "δ"), ORD("epsilon", "ϵ"),
  ORD("varepsilon", "ε"), ORD("zeta", "ζ"), ORD("eta", "η"), ORD("theta", "θ"), ORD("vartheta", "ϑ"),
  ORD("iota", "ι"), ORD("kappa", "κ"), ORD("varkappa", "ϰ"), ORD("lambda", "λ"), ORD("mu", "μ"), ORD("nu", "ν"),
  ORD("xi", "ξ"), ORD("omicron", "ο"), ORD("pi", "π"), ORD("varpi", "ϖ"), ORD("rho", "ρ"), ORD("varrho", "ϱ"),
  ORD("sigma", "σ"), ORD("varsigma", "ς"), ORD("tau", "τ"), ORD("upsilon", "υ"), ORD("phi", "ϕ"), ORD("varphi", "φ"),
  ORD("chi", "χ"), ORD("psi", "ψ"), ORD("omega", "ω"), ORD("digamma", "ϝ"), ORD("Gamma", "Γ"), ORD("Delta", "Δ"),
  ORD("Theta", "Θ"), ORD("Lambda", "Λ"), ORD("Xi", "Ξ"), ORD("Pi", "Π"), ORD("Sigma", "Σ"), ORD("Upsilon", "Υ"),
  ORD("Phi", "Φ"), ORD("Psi", "Ψ"), ORD("Omega", "Ω"), ORD("infty", "∞"), ORD("partial", "∂"), ORD("nabla", "∇"),
  ORD("hbar", "ℏ"), ORD("hslash", "ℏ"), ORD("ell", "ℓ"), ORD("Re", "ℜ"), ORD("Im", "ℑ"), ORD("wp", "℘"),
  ORD("aleph", "ℵ"), ORD("beth", "ℶ"), ORD("gimel", "ℷ"), ORD("forall", "∀"), ORD("exists", "∃"), ORD("nexists", "∄"),
  ORD("neg", "¬"), ORD("lnot", "¬"), ORD("emptyset", "∅"), ORD("varnothing", "∅"), ORD("angle", "∠"),
  ORD("measuredangle", "∡"), ORD("triangle", "△"), ORD("square", "□"), ORD("Box", "□"), ORD("blacksquare", "■"),
  ORD("lozenge", "◊"), ORD("Diamond", "◇"), ORD("bigstar", "★"), ORD("top", "⊤"), ORD("bot", "⊥"), ORD("prime", "′"),
  ORD("backprime", "‵"), ORD("degree", "°"), ORD("imath", "ı"), ORD("jmath", "ȷ"), ORD("eth", "ð"),
  ORD("complement", "∁"), ORD("surd", "√"), ORD("flat", "♭"), ORD("natural", "♮"), ORD("sharp", "♯"),
  ORD("clubsuit", "♣"), ORD("diamondsuit", "♢"), ORD("heartsuit", "♡"), ORD("spadesuit", "♠"), ORD("checkmark", "✓"),
  ORD("S", "§"), ORD("P", "¶"), ORD("pounds", "£"), ORD("copyright", "©"), ORD("yen", "¥"), ORD("euro", "€"),
  ORD("mho", "℧"), ORD("Finv", "Ⅎ"), ORD("%", "%"), ORD("$", "$"), ORD("#", "#"), ORD("_", "_"), ORD("&", "&"),
  ORD("|", "‖"), ORD("Vert", "‖"), ORD("vert", "|"), ORD("backslash", "\\"), ORD("lbrace", "{"), ORD("rbrace", "}"),
  ORD("cdotp", "·"), ORD("QED", "∎"), ORD("therefore", "∴"), ORD("because", "∵"), ORD("Bbbk", "𝕜"), ORD("R", "ℝ"),
  ORD("N", "ℕ"), ORD("Z", "ℤ"), ORD("C", "ℂ"), ORD("Q", "ℚ"), ORD("AA", "Å"), ORD("aa", "å"), ORD("ae", "æ"),
  ORD("AE", "Æ"), ORD("oe", "œ"), ORD("OE", "Œ"), ORD("ss", "ß"), ORD("o", "ø"), ORD("O", "Ø"), ORD("dag", "†"),
  ORD("ddag", "‡"),
  BIN("pm", "±"), BIN("mp", "∓"), BIN("times", "×"), BIN("div", "÷"), BIN("cdot", "⋅"), BIN("ast", "∗"),
  BIN("star", "⋆"), BIN("circ", "∘"), BIN("bullet", "∙"), BIN("oplus", "⊕"), BIN("ominus", "⊖"), BIN("otimes", "⊗"),
  BIN("oslash", "⊘"), BIN("odot", "⊙"), BIN("cap", "∩"), BIN("cup", "∪"), BIN("uplus", "⊎"), BIN("sqcap", "⊓"),
  BIN("sqcup", "⊔"), BIN("vee", "∨"), BIN("lor", "∨"), BIN("wedge", "∧"), BIN("land", "∧"), BIN("setminus", "∖"),
  BIN("smallsetminus", "∖"), BIN("wr", "≀"), BIN("amalg", "⨿"), BIN("dagger", "†"), BIN("ddagger", "‡"),
  BIN("diamond", "⋄"), BIN("bigtriangleup", "△"), BIN("bigtriangledown", "▽"), BIN("triangleleft", "◁"),
  BIN("triangleright", "▷"), BIN("lhd", "◁"), BIN("rhd", "▷"), BIN("bigcirc", "◯"), BIN("ltimes", "⋉"),
  BIN("rtimes", "⋊"), BIN("boxplus", "⊞"), BIN("boxminus", "⊟"), BIN("boxtimes", "⊠"), BIN("boxdot", "⊡"),
  BIN("dotplus", "∔"), BIN("intercal", "⊺"), BIN("veebar", "⊻"), BIN("barwedge", "⊼"), BIN("curlyvee", "⋎"),
  BIN("curlywedge", "⋏"), BIN("Cup", "⋓"), BIN("Cap", "⋒"), BIN("divideontimes", "⋇"),
  REL("leq", "≤"), REL("le", "≤"), REL("geq", "≥"), REL("ge", "≥"), REL("neq", "≠"), REL("ne", "≠"),
  REL("equiv", "≡"), REL("sim", "∼"), REL("simeq", "≃"), REL("approx", "≈"), REL("approxeq", "≊"), REL("cong", "≅"),
  REL("propto", "∝"), REL("varpropto", "∝"), REL("asymp", "≍"), REL("doteq", "≐"), REL("ll", "≪"), REL("gg", "≫"),
  REL("lll", "⋘"), REL("ggg", "⋙"), REL("prec", "≺"), REL("succ", "≻"), REL("preceq", "⪯"), REL("succeq", "⪰"),
  REL("subset", "⊂"), REL("supset", "⊃"), REL("subseteq", "⊆"), REL("supseteq", "⊇"), REL("subsetneq", "⊊"),
  REL("supsetneq", "⊋"), REL("nsubseteq", "⊈"), REL("nsupseteq", "⊉"), REL("sqsubset", "⊏"), REL("sqsupset", "⊐"),
  REL("sqsubseteq", "⊑"), REL("sqsupseteq", "⊒"), REL("in", "∈"), REL("ni", "∋"), REL("owns", "∋"), REL("notin", "∉"),
  REL("vdash", "⊢"), REL("dashv", "⊣"), REL("models", "⊨"), REL("vDash", "⊨"), REL("Vdash", "⊩"), REL("nvdash", "⊬"),
  REL("nvDash", "⊭"), REL("perp", "⟂"), REL("mid", "∣"), REL("nmid", "∤"), REL("shortmid", "∣"), REL("parallel", "∥"),
  REL("nparallel", "∦"), REL("bowtie", "⋈"), REL("Join", "⋈"), REL("smile", "⌣"), REL("frown", "⌢"),
  REL("lesssim", "≲"), REL("gtrsim", "≳"), REL("leqslant", "⩽"), REL("geqslant", "⩾"), REL("leqq", "≦"),
  REL("geqq", "≧"), REL("lessgtr", "≶"), REL("gtrless", "≷"), REL("nless", "≮"), REL("ngtr", "≯"), REL("nleq", "≰"),
  REL("ngeq", "≱"), REL("triangleq", "≜"), REL("coloneqq", "≔"), REL("eqqcolon", "≕"), REL("vcentcolon", ":"),
  REL("circeq", "≗"), REL("trianglelefteq", "⊴"), REL("trianglerighteq", "⊵"), REL("vartriangleleft", "⊲"),
  REL("vartriangleright", "⊳"), REL("pitchfork", "⋔"), REL("between", "≬"), REL("lt", "<"), REL("gt", ">"),
  REL("colon", ":"), REL("to", "→"), REL("rightarrow", "→"), REL("leftarrow", "←"), REL("gets", "←"),
  REL("leftrightarrow", "↔"), REL("Rightarrow", "⇒"), REL("Leftarrow", "⇐"), REL("Leftrightarrow", "⇔"),
  REL("implies", "⟹"), REL("impliedby", "⟸"), REL("iff", "⟺"), REL("longrightarrow", "⟶"), REL("longleftarrow", "⟵"),
  REL("longleftrightarrow", "⟷"), REL("Longrightarrow", "⟹"), REL("Longleftarrow", "⟸"),
  REL("Longleftrightarrow", "⟺"), REL("mapsto", "↦"), REL("longmapsto", "⟼"), REL("uparrow", "↑"),
  REL("downarrow", "↓"), REL("updownarrow", "↕"), REL("Uparrow", "⇑"), REL("Downarrow", "⇓"), REL("Updownarrow", "⇕"),
  REL("nearrow", "↗"), REL("searrow", "↘"), REL("swarrow", "↙"), REL("nwarrow", "↖"), REL("hookrightarrow", "↪"),
  REL("hookleftarrow", "↩"), REL("rightharpoonup", "⇀"), REL("rightharpoondown", "⇁"), REL("leftharpoonup", "↼"),
  REL("leftharpoondown", "↽"), REL("rightleftharpoons", "⇌"), REL("leftrightharpoons", "⇋"),
  REL("rightleftarrows", "⇄"), REL("leftrightarrows", "⇆"), REL("twoheadrightarrow", "↠"),
  REL("rightsquigarrow", "⇝"), REL("leadsto", "⇝"), REL("curvearrowright", "↷"), REL("curvearrowleft", "↶"),
  REL("circlearrowright", "↻"), REL("circlearrowleft", "↺"), REL("nrightarrow", "↛"), REL("nleftarrow", "↚"),
  REL("nRightarrow", "⇏"), REL("nLeftarrow", "⇍"), REL("nLeftrightarrow", "⇎"), REL("upharpoonright", "↾"),
  REL("restriction", "↾"), REL("rightrightarrows", "⇉"), REL("dashrightarrow", "⇢"), REL("multimap", "⊸"),
  LEFT("langle", "⟨"), LEFT("lfloor", "⌊"), LEFT("lceil", "⌈"), LEFT("lvert", "|"), LEFT("lVert", "‖"),
  LEFT("lbrack", "["), LEFT("lgroup", "⟮"), LEFT("{", "{"),
  RIGHT("rangle", "⟩"), RIGHT("rfloor", "⌋"), RIGHT("rceil", "⌉"), RIGHT("rvert", "|"), RIGHT("rVert", "‖"),
  RIGHT("rbrack", "]"), RIGHT("rgroup", "⟯"), RIGHT("}", "}"),
  DOTS("ldots", "…"), DOTS("dots", "…"), DOTS("dotsc", "…"), DOTS("dotsb", "⋯"), DOTS("dotsm", "⋯"),
  DOTS("dotsi", "⋯"), DOTS("dotso", "…"), DOTS("cdots", "⋯"), DOTS("vdots", "⋮"), DOTS("ddots", "⋱"),
  DOTS("iddots", "⋰"), DOTS("adots", "⋰"), DOTS("hdots", "…"), DOTS("mathellipsis", "…"),
  SUM("sum", "∑"), SUM("prod", "∏"), SUM("coprod", "∐"), SUM("bigcup", "⋃"), SUM("bigcap", "⋂"), SUM("bigsqcup", "⨆"),
  SUM("bigvee", "⋁"), SUM("bigwedge", "⋀"), SUM("bigoplus", "⨁"), SUM("bigotimes", "⨂"), SUM("bigodot", "⨀"),
  SUM("biguplus", "⨄"),
  INT("int", "∫"), INT("iint", "∬"), INT("iiint", "∭"), INT("oint", "∮"), INT("oiint", "∯"), INT("oiiint", "∰"),
  INT("smallint", "∫"),
  FUN("sin", "sin"), FUN("cos", "cos"), FUN("tan", "tan"), FUN("cot", "cot"), FUN("sec", "sec"), FUN("csc", "csc"),
  FUN("arcsin", "arcsin"), FUN("arccos", "arccos"), FUN("arctan", "arctan"), FUN("arccot", "arccot"),
  FUN("sinh", "sinh"), FUN("cosh", "cosh"), FUN("tanh", "tanh"), FUN("coth", "coth"), FUN("sech", "sech"),
  FUN("csch", "csch"), FUN("log", "log"), FUN("ln", "ln"), FUN("lg", "lg"), FUN("exp", "exp"), FUN("deg", "deg"),
  FUN("dim", "dim"), FUN("ker", "ker"), FUN("hom", "hom"), FUN("arg", "arg"), FUN("sgn", "sgn"), FUN("tr", "tr"),
  FUN("Tr", "Tr"), FUN("rank", "rank"), FUN("diag", "diag"), FUN("span", "span"), FUN("erf", "erf"),
  FUN("sinc", "sinc"), FUN("softmax", "softmax"),
  LIM("lim", "lim"), LIM("max", "max"), LIM("min", "min"), LIM("sup", "sup"), LIM("inf", "inf"),
  LIM("limsup", "lim sup"), LIM("liminf", "lim inf"), LIM("det", "det"), LIM("gcd", "gcd"), LIM("lcm", "lcm"),
  LIM("Pr", "Pr"), LIM("argmax", "arg max"), LIM("argmin", "arg min"), LIM("injlim", "inj lim"),
  LIM("projlim", "proj lim"), LIM("plim", "plim"),
};

/**
 * yj_math_symbol_find:
 * @name: a command without its backslash
 *
 * Returns: (nullable): what it stands for, or %NULL when it is no sign
 */
const YjMathSymbol *
yj_math_symbol_find (const char *name)
{
  static GHashTable *table;

  if (table == NULL)
    {
      table = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
        g_hash_table_insert (table, (gpointer) symbols[i].name, (gpointer) &symbols[i]);
    }
  return g_hash_table_lookup (table, name);
}

/**
 * yj_math_symbol_fence:
 * @name: what stands behind `\\left`: a sign, or a command without its backslash
 * @is_command: whether it is a command
 *
 * Returns: the character that is drawn as high as needed; `.` for none; 0 when it cannot be one
 */
gunichar
yj_math_symbol_fence (const char *name,
                      gboolean    is_command)
{
  const YjMathSymbol *symbol = is_command ? yj_math_symbol_find (name) : NULL;
  gunichar c = g_utf8_get_char (symbol != NULL ? symbol->text : name);

  if (c == '<' || c == '>')
    return c == '<' ? 0x27e8 : 0x27e9;
  if (c == 0x27ee || c == 0x27ef)
    return c == 0x27ee ? '(' : ')';
  if (c < 0x80)
    return c != 0 && strchr ("()[]{}|/\\.", c) != NULL ? c : 0;
  switch (c)
    {
    case 0x2016: case 0x27e8: case 0x27e9: case 0x230a: case 0x230b: case 0x2308: case 0x2309:
    case 0x2191: case 0x2193: case 0x2195: case 0x21d1: case 0x21d3: case 0x21d5:
      return c;
    case 0x2225:
      return 0x2016;
    default:
      return 0;
    }
}

/**
 * yj_math_symbol_class:
 * @c: a character that stands in a formula as it is
 *
 * Returns: what it is to its neighbours
 */
YjMathClass
yj_math_symbol_class (gunichar c)
{
  switch (c)
    {
    case '+': case '-': case '*': case 0xb1: case 0xd7: case 0xf7: case 0x22c5: case 0x2212:
      return YJ_MATH_BINARY;
    case '=': case '<': case '>': case ':': case 0x2260: case 0x2264: case 0x2265: case 0x2248: case 0x2261:
    case 0x2190: case 0x2192: case 0x2194: case 0x21d2: case 0x21d4: case 0x2208: case 0x2209: case 0x2282: case 0x2286:
      return YJ_MATH_RELATION;
    case '(': case '[':
      return YJ_MATH_OPEN;
    case ')': case ']': case '!': case '?':
      return YJ_MATH_CLOSE;
    case ',': case ';':
      return YJ_MATH_PUNCTUATION;
    default:
      return YJ_MATH_ORDINARY;
    }
}
