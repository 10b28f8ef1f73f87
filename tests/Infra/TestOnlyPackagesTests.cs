using System.Reflection;
using System.Reflection.Emit;
using Amazon.CDK;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Checks;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>What is deployed runs on AWS's own packages; the laptop takes either.</summary>
public sealed class TestOnlyPackagesTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-published-").FullName;

    public TestOnlyPackagesTests()
    {
        File.WriteAllText(Path.Combine(_folder, "Jobs.Functions.dll"), "not a program");
        Write("AWSSDK.Core", "RepositoryUrl");
    }

    [Fact]
    public void Stand_ins_fail_synthesis_with_their_names_and_the_command_that_builds_without_them()
    {
        Write("AWSSDK.ECS", TestOnlyPackages.Mark);
        Write("Amazon.Lambda.Core", TestOnlyPackages.Mark);

        Assert.Contains(
            $"What is deployed runs on AWS's own packages (declared: {_folder}, which has stand-ins of AWSSDK.ECS, " +
            "Amazon.Lambda.Core, for tests and the laptop only). " +
            "Use packages of jobs that are not test-only, or in a checkout build with the official ones: dotnet build " +
            "-p:AwsPackages=official, as cdk.json does.",
            Assert.ThrowsAny<Exception>(() => Synthesize()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("I-know")]
    public void Stand_ins_are_not_taken_for_a_word_that_is_written_by_accident(string word)
    {
        Write("AWSSDK.ECS", TestOnlyPackages.Mark);

        Assert.Contains(
            "stand-ins of AWSSDK.ECS",
            Assert.ThrowsAny<Exception>(() => Synthesize(word)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Stand_ins_are_taken_by_who_says_so()
    {
        Write("AWSSDK.ECS", TestOnlyPackages.Mark);

        Synthesize("i-know");
    }

    [Fact]
    public void Official_packages_need_no_word() => Synthesize();

    [Fact]
    public void Stand_ins_of_this_build_say_what_they_are()
    {
        var official = typeof(TestOnlyPackagesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(it => it.Key == "AwsPackages").Value == "official";

        var found = TestOnlyPackages.In(AppContext.BaseDirectory);

        if (official) Assert.Empty(found);
        else Assert.Superset(
            new HashSet<string> { "AWSSDK.ECS", "AWSSDK.SimpleNotificationService" }, found.ToHashSet());
        Assert.DoesNotContain(
            found,
            name =>
                name is "AWSSDK.Core" or "AWSSDK.S3" or "AWSSDK.SQS"
                    || name.StartsWith("Jobs.", StringComparison.Ordinal));
    }

    private void Synthesize(string? word = null) => Synthesis.OfApp(
        app =>
        {
            var runner = new JobRunner(
                new Stack(app, "jobs"), "Jobs", new JobRunnerProps { FunctionsFolder = _folder });
            runner.AddJob(new JobDefinition("any"), Shapes.AnyImage);
        },
        word is null ? [] : new() { [TestOnlyPackages.Context] = word });

    private void Write(string assembly, string key)
    {
        var mark = new CustomAttributeBuilder(
            typeof(AssemblyMetadataAttribute).GetConstructor([typeof(string), typeof(string)])!, [key, "true"]);
        var built = new PersistedAssemblyBuilder(new AssemblyName(assembly), typeof(object).Assembly, [mark]);
        built.DefineDynamicModule(assembly);
        built.Save(Path.Combine(_folder, assembly + ".dll"));
    }
}
