using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using RoutingGrid.Simulation.Scenarios;

namespace RoutingGrid.Simulation.Tests.Scenarios;

/// <summary>The published schema, asked through the validator that most editors and pipelines use (npm's ajv).</summary>
public sealed class SchemaTests(SchemaTests.Validator schema) : IClassFixture<SchemaTests.Validator>
{
    [Theory, MemberData(nameof(ScenarioParsingTests.Invalid), MemberType = typeof(ScenarioParsingTests))]
    public async Task What_the_reader_refuses_the_schema_refuses(string path, string? value, string expected)
    {
        Assert.SkipWhen(schema.WhyNot is not null, $"The schema is not tried: {schema.WhyNot}");
        var errors = await schema.Errors(ScenarioText.Change(ScenarioText.Valid, path, value));
        Assert.True(errors.Length > 0, $"the schema takes what is wrong at {expected}");
    }

    [Theory, MemberData(nameof(ExampleScenarioTests.Examples), MemberType = typeof(ExampleScenarioTests))]
    public async Task Every_example_is_valid_by_the_schema(string example)
    {
        Assert.SkipWhen(schema.WhyNot is not null, $"The schema is not tried: {schema.WhyNot}");
        Assert.Empty(await schema.Errors(await File.ReadAllTextAsync(ExampleScenarioTests.PathOf(example))));
    }

    [Fact]
    public async Task What_the_other_tests_change_is_valid_before()
    {
        Assert.SkipWhen(schema.WhyNot is not null, $"The schema is not tried: {schema.WhyNot}");
        Assert.Empty(await schema.Errors(ScenarioText.Valid));
    }

    /// <summary>One process of node for all documents, with the package installed beside the tests at first use.</summary>
    public sealed class Validator : IAsyncLifetime
    {
        private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "node");
        private Process? _process;

        /// <summary>Why it cannot be used here, or null.</summary>
        public string? WhyNot { get; private set; }

        public async ValueTask InitializeAsync()
        {
            WhyNot = await Fails("node", "--version") ?? await Fails("npm", "--version");
            if (WhyNot is null && !Directory.Exists(Path.Combine(Folder, "node_modules", "ajv"))) WhyNot = await Fails("npm", "ci", "--no-audit", "--no-fund");
            if (WhyNot is not null) return;
            var file = Path.Combine(Folder, "scenario.schema.json");
            await File.WriteAllTextAsync(file, ScenarioSchema.Read());
            _process = Start("node", "validate.mjs", file);
        }

        /// <summary>What the schema has against a document; empty where it is valid.</summary>
        public async Task<string[]> Errors(string json)
        {
            using var document = JsonDocument.Parse(json);
            await _process!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(document));
            await _process.StandardInput.FlushAsync();
            var answer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync());
            return JsonSerializer.Deserialize<string[]>(answer)!;
        }

        public async ValueTask DisposeAsync()
        {
            if (_process is null) return;
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        private static async Task<string?> Fails(string program, params string[] arguments)
        {
            try
            {
                using var process = Start(program, arguments);
                process.StandardInput.Close();
                var output = process.StandardOutput.ReadToEndAsync();
                var errors = await process.StandardError.ReadToEndAsync();
                await output;
                await process.WaitForExitAsync();
                return process.ExitCode == 0 ? null : $"'{program} {string.Join(' ', arguments)}' failed: {errors}";
            }
            catch (Win32Exception)
            {
                return $"{program} is not installed.";
            }
        }

        private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }
}
