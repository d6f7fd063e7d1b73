namespace RoutingGrid.Tidy.Tests;

/// <summary>Options that are typed wrong, as a person gets the answer: what is wrong and what to write, never a stack trace.</summary>
public sealed class WrongOptionTests
{
    [Theory]
    [InlineData("demo --speed x", "--speed is x; it must be a number from 0.1 to 60.")]
    [InlineData("demo --speed 1e9", "--speed is 1e9; it must be a number from 0.1 to 60.")]
    [InlineData("demo --speed 1 --speed 2", "--speed")]
    [InlineData("demo --for x", "--for is x; it must be a number from 1 to 604800.")]
    [InlineData("demo --agents 2.5", "--agents is 2.5; it must be a whole number from 1 to 400.")]
    [InlineData("demo --rate NaN", "--rate is NaN; it must be a number from 0 to 10000.")]
    [InlineData("demo --seed x", "--seed")]
    [InlineData("demo --urls x", "--urls x is not an address")]
    [InlineData("demo --urls http://127.0.0.1:0 --urls http://127.0.0.1:0", "--urls")]
    [InlineData("demo --data a --data b", "--data")]
    [InlineData("doctor --tolerance x", "--tolerance is x; it must be a whole number from 0 to")]
    [InlineData("doctor --tolerance -1", "--tolerance is -1; it must be a whole number from 0 to")]
    [InlineData("replay month.tsv --format anonymous-bank --wrap-up x", "--wrap-up is x; it must be a whole number from 0 to 86400.")]
    [InlineData("replay month.tsv --format anonymous-bank --wrap-up 86401", "--wrap-up is 86401; it must be a whole number from 0 to 86400.")]
    [InlineData("replay month.tsv --format anonymous-bank --seed x", "--seed")]
    [InlineData("simulate day.json --replications x", "--replications is x; it must be a whole number from 1 to 100000.")]
    [InlineData("simulate day.json --replications 0", "--replications is 0; it must be a whole number from 1 to 100000.")]
    [InlineData("simulate day.json --staff-for x", "'x' is not a target")]
    [InlineData("serve --store x", "--store")]
    public async Task An_option_that_is_no_value_of_it_is_refused_in_words(string command, string says)
    {
        var (exitCode, _, errors) = await Silo.RunBuilt(command.Split(' '));
        Assert.Equal(1, exitCode);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
