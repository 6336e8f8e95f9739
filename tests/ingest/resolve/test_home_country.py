from collections import Counter

from ingest.resolve.actors import ActorResolver
from ingest.resolve.home_country import HomeCountries


def counted(resolver, *sentences):
    return [resolver.countries_named(sentence) for sentence in sentences]


def test_an_article_that_names_no_country_has_no_home():
    assert HomeCountries([Counter(), Counter()], Counter()).of(1) is None


def test_unnamed_actors_belong_where_the_article_opens():
    opening = Counter({"GBR": 2})
    later = [Counter(), Counter({"USA": 1}), Counter()]
    home = HomeCountries([opening, *later], Counter()).of(3)
    assert home.country == "GBR"
    assert 0.5 < home.chance < 1


def test_a_country_of_the_sentence_counts_more_than_one_far_away():
    sentences = [Counter({"GBR": 1}), *[Counter()] * 8, Counter({"FRA": 2})]
    far = HomeCountries(sentences, Counter())
    assert far.of(9).chance < far.of(1).chance
    assert far.of(1).country == "GBR"


def test_one_country_is_certain():
    home = HomeCountries([Counter({"KEN": 1})], Counter({"KEN": 1})).of(0)
    assert (home.country, home.chance) == ("KEN", 1.0)


def test_the_resolver_gives_a_bare_role_that_country():
    resolver = ActorResolver()
    sentences = ("Police in Kenya arrested two men.", "The United States and Uganda protested.")
    homes = HomeCountries(counted(resolver, *sentences), Counter())
    context = " ".join(sentences)
    actor = resolver.resolve("police", context=context, home=homes.of(0))
    assert (actor.country, actor.sectors) == ("KEN", ("COP",))
    assert resolver.resolve("Ugandan police", context=context, home=homes.of(0)).country == "UGA"
