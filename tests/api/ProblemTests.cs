using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Routing;

namespace RoutingGrid.Api.Tests;

public sealed class ProblemTests(ApiServer server) : IClassFixture<ApiServer>
{
    public static TheoryData<RefusalCode> Codes => [.. Enum.GetValues<RefusalCode>()];

    [Theory, MemberData(nameof(Codes))]
    public void Every_refusal_has_its_problem_in_both_languages(RefusalCode code)
    {
        var problem = ProblemTypes.Of(code);
        Assert.InRange(problem.Status, 400, 599);
        Assert.NotEmpty(problem.English);
        Assert.NotEmpty(problem.Spanish);
        Assert.NotEqual(problem.English, problem.Spanish);
        Assert.Equal(code.ToString(), problem.Code, ignoreCase: true);
    }

    [Fact]
    public void No_two_problems_have_the_same_type() =>
        Assert.Distinct(Enum.GetValues<RefusalCode>().Select(code => ProblemTypes.Of(code).Uri).Concat(ProblemTypes.OfTheApi.Select(type => type.Uri)));

    [Theory]
    [InlineData(null, "en", "An API key is required")]
    [InlineData("es-MX,es;q=0.9,en;q=0.8", "es", "Se requiere una clave de API")]
    [InlineData("en,es;q=0.5", "en", "An API key is required")]
    [InlineData("fr, es;q=0.2", "es", "Se requiere una clave de API")]
    [InlineData("not a language;;;", "en", "An API key is required")]
    public async Task Titles_are_in_the_callers_language_and_details_in_English(string? accepted, string language, string title)
    {
        var answer = await server.Send(HttpMethod.Get, "/v1/keys", null, null, accepted is null ? [] : [("Accept-Language", accepted)]);
        answer.ExpectProblem(401, "unauthenticated");
        Assert.Equal(title, answer.Body.Text("title"));
        Assert.Equal(language, Assert.Single(answer.Message.Content.Headers.ContentLanguage));
        Assert.StartsWith("Send a key", answer.Body.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_served_is_a_problem_too()
    {
        (await server.Get("/v1/nothing", server.Administrator)).ExpectProblem(404, "not-found");
        (await server.Get("/nothing/at/all")).ExpectProblem(404, "not-found");
        (await server.Send(HttpMethod.Patch, "/v1/keys", server.Administrator)).ExpectProblem(405, "method-not-allowed");
        using var form = new HttpRequestMessage(HttpMethod.Post, "/v1/keys") { Content = new StringContent("role=agent") };
        form.Headers.TryAddWithoutValidation("X-Api-Key", server.Administrator);
        using var http = server.NewHttp();
        Assert.Equal(415, (int)(await http.SendAsync(form)).StatusCode);
    }
}
