using Microsoft.CodeAnalysis;

namespace Jobs.Tests.Packages.Generator;

public class GeneratorTests
{
    private const string Global = "[assembly: Amazon.Lambda.Annotations.LambdaGlobalProperties(GenerateMain = true)]";
    private const string Serializer = "[assembly: Amazon.Lambda.Core.LambdaSerializer(typeof(App.Json))]";

    private const string App = """
        namespace App
        {
            using System.IO; using System.Threading.Tasks;
            using Amazon.Lambda.Annotations; using Amazon.Lambda.Core; using Amazon.Lambda.SQSEvents;
            using Microsoft.Extensions.DependencyInjection;

            public class Json : ILambdaSerializer
            {
                public T Deserialize<T>(Stream requestStream) => default!;
                public void Serialize<T>(T response, Stream responseStream) { }
            }
            public class Clock { }
            public class Handlers
            {
                [LambdaFunction] public Task<SQSBatchResponse> OnUpload(SQSEvent batch, ILambdaContext context, [FromServices] Clock clock) => null!;
                [LambdaFunction] public Task OnTick(string tick) => Task.CompletedTask;
                [LambdaFunction] public void OnVoid(string text, ILambdaContext context) { }
                [LambdaFunction] public int OnSum(int[] numbers) => 0;
            }
        }
        """;

    private const string Startup = """
        namespace App
        {
            [Amazon.Lambda.Annotations.LambdaStartup]
            public class Startup { public void ConfigureServices(Microsoft.Extensions.DependencyInjection.IServiceCollection services) { } }
        }
        """;

    [Fact]
    public void Functions_declared_get_a_wrapper_each_and_one_main()
    {
        var run = GeneratorRun.Of(OutputKind.ConsoleApplication, Global, Serializer, App, Startup);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilationErrors);
        Assert.Equal(
            [
                "Handlers_OnSum_Generated.g.cs", "Handlers_OnTick_Generated.g.cs", "Handlers_OnUpload_Generated.g.cs",
                "Handlers_OnVoid_Generated.g.cs", "Program.g.cs",
            ],
            run.Sources.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("OnUpload", "Task<SQSBatchResponse>", "SQSEvent, ILambdaContext")]
    [InlineData("OnTick", "Task", "String")]
    [InlineData("OnVoid", "Void", "String, ILambdaContext")]
    [InlineData("OnSum", "Int32", "Int32[]")]
    public void Wrapper_generated_has_the_users_method_without_its_services(
        string method, string returns, string parameters)
    {
        var run = GeneratorRun.Of(OutputKind.ConsoleApplication, Global, Serializer, App, Startup);

        var wrapper = run.Compilation.GetTypeByMetadataName($"App.Handlers_{method}_Generated")!;

        var handler = Assert.IsAssignableFrom<IMethodSymbol>(Assert.Single(wrapper.GetMembers(method)));
        Assert.Equal(returns, GeneratorRun.Name(handler.ReturnType));
        Assert.Equal(
            parameters, string.Join(", ", handler.Parameters.Select(parameter => GeneratorRun.Name(parameter.Type))));
        Assert.Empty(Assert.Single(wrapper.InstanceConstructors).Parameters);
    }

    [Fact]
    public void Main_generated_switches_on_method_names()
    {
        var run = GeneratorRun.Of(OutputKind.ConsoleApplication, Global, Serializer, App, Startup);

        Assert.Equal("App.GeneratedProgram", run.Compilation.GetEntryPoint(default)!.ContainingType.ToDisplayString());
        var program = run.Sources["Program.g.cs"];
        Assert.Contains(
            """switch (Environment.GetEnvironmentVariable("ANNOTATIONS_HANDLER"))""",
            program,
            StringComparison.Ordinal);
        Assert.Equal(
            ["OnUpload", "OnTick", "OnVoid", "OnSum"],
            program.Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.StartsWith("case ", StringComparison.Ordinal))
                .Select(line => line[6..^2]));
        Assert.DoesNotContain("default:", program, StringComparison.Ordinal);
    }

    [Fact]
    public void Library_without_startup_makes_the_function_class_itself()
    {
        const string Plain = """
            namespace App { public class One { [Amazon.Lambda.Annotations.LambdaFunction] public string Echo(string text) => text; } }
            """;

        var run = GeneratorRun.Of(
            OutputKind.DynamicallyLinkedLibrary,
            Serializer,
            App.Replace("[LambdaFunction]", "", StringComparison.Ordinal),
            Plain);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilationErrors);
        Assert.Equal(["One_Echo_Generated.g.cs"], run.Sources.Keys);
        Assert.Contains("new global::App.One()", run.Sources["One_Echo_Generated.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Serializer_on_the_method_wins_over_the_assemblys()
    {
        const string Own = """
            namespace App
            {
                public class OwnJson : Json { }
                public class One
                {
                    [Amazon.Lambda.Annotations.LambdaFunction] [Amazon.Lambda.Core.LambdaSerializer(typeof(OwnJson))] public string Echo(string text) => text;
                }
            }
            """;

        var run = GeneratorRun.Of(OutputKind.ConsoleApplication, Global, Serializer, App, Startup, Own);

        Assert.Contains(
            "Create(echo_handler, new global::App.OwnJson())", run.Sources["Program.g.cs"], StringComparison.Ordinal);
        Assert.Contains(
            "Create(ontick_handler, new global::App.Json())", run.Sources["Program.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWSLambda0101", "a second startup class", Global, Serializer, App, Startup, """
        namespace App.Second { [Amazon.Lambda.Annotations.LambdaStartup] public class Startup { } }
        """)]
    [InlineData("AWSLambda0102", "two event attributes", Global, Serializer, App, Startup, """
        namespace App { public class Two { [Amazon.Lambda.Annotations.LambdaFunction] [Amazon.Lambda.Annotations.SQS.SQSEvent("@q")]
        [Amazon.Lambda.Annotations.Schedule.ScheduleEvent("rate(1 minute)")] public void Go(Amazon.Lambda.SQSEvents.SQSEvent e) { } } }
        """)]
    [InlineData("AWSLambda0107", "a service without a container", Global, Serializer, App)]
    [InlineData("AWSLambda0107", "a host builder, which the stand-in does not generate", Global, Serializer, App, """
        namespace App { [Amazon.Lambda.Annotations.LambdaStartup] public class Startup { public object ConfigureHostBuilder() => null!; } }
        """)]
    [InlineData("AWSLambda0108", "no serializer", Global, App, Startup)]
    [InlineData("AWSLambda0112", "an unknown runtime", Serializer, App, Startup, """
        [assembly: Amazon.Lambda.Annotations.LambdaGlobalProperties(GenerateMain = true, Runtime = "dotnet6")]
        """)]
    [InlineData("AWSLambda0113", "no function", Global, Serializer, Startup)]
    [InlineData("AWSLambda0114", "a Main already there", Global, Serializer, App, Startup, """
        namespace App { public static class Program { public static void Main() { } } }
        """)]
    [InlineData("AWSLambda0117", "a wrong parameter of a queue function", Global, Serializer, App, Startup, """
        namespace App { public class Two { [Amazon.Lambda.Annotations.LambdaFunction] [Amazon.Lambda.Annotations.SQS.SQSEvent("@q")] public void Go(string e) { } } }
        """)]
    [InlineData("AWSLambda0117", "a wrong result of a queue function", Global, Serializer, App, Startup, """
        namespace App { public class Two { [Amazon.Lambda.Annotations.LambdaFunction] [Amazon.Lambda.Annotations.SQS.SQSEvent("@q")]
        public int Go(Amazon.Lambda.SQSEvents.SQSEvent e) => 1; } }
        """)]
    [InlineData("AWSLambda0119", "both configure methods", Global, Serializer, App, """
        namespace App { [Amazon.Lambda.Annotations.LambdaStartup] public class Startup { public object ConfigureHostBuilder() => null!;
        public void ConfigureServices(Microsoft.Extensions.DependencyInjection.IServiceCollection services) { } } }
        """)]
    public void Misuse_is_an_error_with_the_official_id(string id, string misuse, params string[] sources)
    {
        var run = GeneratorRun.Of(OutputKind.ConsoleApplication, sources);

        Assert.True(run.Diagnostics.Count > 0, $"No diagnostic for {misuse}.");
        Assert.All(
            run.Diagnostics,
            diagnostic => Assert.Equal((id, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity)));
        Assert.Empty(run.Sources);
    }

    [Fact]
    public void Main_for_a_library_is_refused()
    {
        var run = GeneratorRun.Of(OutputKind.DynamicallyLinkedLibrary, Global, Serializer, App, Startup);

        Assert.Equal(["AWSLambda0111"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Main_without_runtime_support_is_refused()
    {
        var run = GeneratorRun.Without(
            "Amazon.Lambda.RuntimeSupport", OutputKind.ConsoleApplication, Global, Serializer, App, Startup);

        Assert.Equal(["AWSLambda0104"], run.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Handler_too_long_for_lambda_is_refused_in_a_library_and_fine_in_an_executable()
    {
        var name = new string('x', 100);
        var one = $$"""namespace App { public class One { [Amazon.Lambda.Annotations.LambdaFunction] public string {{name}}(string text) => text; } }""";
        var app = App.Replace("[LambdaFunction]", "", StringComparison.Ordinal);

        Assert.Equal(
            ["AWSLambda0118"],
            GeneratorRun.Of(OutputKind.DynamicallyLinkedLibrary, Serializer, app, one).Diagnostics.Select(it => it.Id));
        Assert.Empty(GeneratorRun.Of(OutputKind.ConsoleApplication, Global, Serializer, app, one).Diagnostics);
    }

    [Fact]
    public void Edit_elsewhere_generates_nothing_anew()
    {
        Assert.All(
            GeneratorRun.StepsAfterAnUnrelatedEdit(Global, Serializer, App, Startup),
            reason =>
                Assert.True(
                    reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                    reason.ToString()));
    }
}
