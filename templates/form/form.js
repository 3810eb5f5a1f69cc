{% filter lean %}
{% include "form/arithmetic.js" %}
{% include "form/expressions.js" %}
{% include "form/answers.js" %}
{% include "form/tree.js" %}
{% include "form/verdict.js" %}
{% include "form/words.js" %}
{% include "form/dom.js" %}
{% include "form/drafts.js" %}
{% include "form/photos.js" %}
{% include "form/document.js" %}
{% include "form/missing.js" %}
{% include "form/controls.js" %}
{% include "form/criterion.js" %}
{% include "form/visit.js" %}
{% include "form/finish.js" %}
{% include "form/app.js" %}
{% endfilter %}
