using Jobs.Core.Definitions;
using Jobs.Sdk.Declarations;
using Microsoft.CodeAnalysis;

namespace Jobs.Tests.Unit.Analyzers;

/// <summary>What an assembly has is registered by code that is written when it is compiled.</summary>
public sealed class RegistrationGeneratorTests
{
    private const string Jobs = """
        namespace Acme;
        public sealed record Order(int Number);
        [Job(Name = "bill"), OnUpload("orders/")]
        internal sealed class Bill : IJob<Upload, Order?>
        {
            public Task<Order?> RunAsync(Upload input, JobContext job, CancellationToken stop) => null!;
        }
        public static class Outer
        {
            [OnQueue]
            internal sealed partial class Mail : IMessageHandler<Order>;
            partial class Mail
            {
                public Task HandleAsync(Order message, MessageContext context, CancellationToken stop) => null!;
            }
        }
        """;

    private const string Context = """
        using System.Text.Json.Serialization;
        namespace Acme;
        public enum Size { Small, Large }
        public enum Colour { Red }
        public sealed record Item(Size? Size);
        public sealed record Basket(IReadOnlyList<Item> Items, Dictionary<string, Colour> Colours, DayOfWeek[] Days);
        [JsonSerializable(typeof(Basket))]
        internal abstract partial class AcmeBase : JsonSerializerContext;
        [JsonSerializable(typeof(Basket))]
        internal sealed partial class AcmeJson : JsonSerializerContext;
        """;

    private const string Hidden = """
        public static class Around
        {
            private sealed class Own : IJob<int, int>
            {
                public Task<int> RunAsync(int input, JobContext job, CancellationToken stop) => null!;
            }
        }
        """;

    [Fact]
    public void Jobs_are_registered_and_found_without_a_search()
    {
        var (whole, written) = Analysis.Of(Jobs).Generated();

        Assert.Equal(
            [
                "Add<global::Acme.Bill, global::Jobs.Upload, global::Acme.Order>();",
                "AddHandler<global::Acme.Outer.Mail, global::Acme.Order>();",
            ],
            Lines(written));
        Assert.Equal(
            ["Bill", "Mail"],
            whole.Loaded(assembly => JobRegistry.In(assembly)!.Select(job => job.Type.Name).Order().ToList()));
    }

    [Fact]
    public void Definitions_are_those_that_a_search_finds()
    {
        var searched = Analysis.Of(Jobs).Loaded(Catalog);
        Assert.Equal(searched, Analysis.Of(Jobs).Generated().Whole.Loaded(Catalog));

        static string Catalog(System.Reflection.Assembly assembly) =>
            new JobCatalog(JobDefinitions.FromAssembly(assembly)).ToJson();
    }

    [Fact]
    public void Contexts_are_registered_with_every_enum_in_them() => Assert.Equal(
        [
            "AddEnum<global::Acme.Colour>();",
            "AddEnum<global::Acme.Size>();",
            "AddEnum<global::System.DayOfWeek>();",
            "AddJson(new global::Acme.AcmeJson());",
        ],
        Lines(Analysis.Of(Context).Generated().Written));

    [Fact]
    public void Context_that_only_writes_is_not_the_hosts() => Assert.Null(
        Analysis.Of(Context.Replace(
                "internal sealed partial",
                "[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)] sealed partial",
                StringComparison.Ordinal))
            .Generated().Written);

    [Theory]
    [InlineData(Hidden)]
    [InlineData("file sealed class Own : IJob<int, int>" +
        "{ public Task<int> RunAsync(int input, JobContext job, CancellationToken stop) => null!; }")]
    [InlineData("[Job] public sealed class Wrong;")]
    public void Assembly_with_a_class_that_cannot_be_registered_is_searched_as_before(string other)
    {
        var (whole, written) = Analysis.Of(Jobs, other).Generated();

        Assert.Null(written);
        Assert.Null(whole.Loaded(JobRegistry.In));
    }

    [Fact]
    public void Assembly_without_jobs_gets_nothing() => Assert.Null(
        Analysis.Of("public class Plain; [Obsolete] public class Old : IDisposable { public void Dispose() { } }")
            .Generated().Written);

    [Fact]
    public void Change_elsewhere_writes_nothing_anew() => Assert.Equal(
        [IncrementalStepRunReason.Cached],
        Analysis.Of(Jobs, Context).GeneratedAgain("public class Elsewhere { public int Number => 1; }").Distinct());

    private static IEnumerable<string> Lines(string? written)
    {
        const string Call = "global::Jobs.Generated.JobRegistration.";
        return written!.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith(Call, StringComparison.Ordinal))
            .Select(line => line[Call.Length..]);
    }
}
