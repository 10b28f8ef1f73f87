using Jobs.Local.Synthesis;

namespace Jobs.Tests.EndToEnd;

/// <summary>What is left of what a failed build or synthesis printed.</summary>
public sealed class FailureTextTests
{
    [Fact]
    public void Compiler_errors_are_each_there_once_as_they_were_written()
    {
        var text = FailureText.Of(
            """
            /own/infra/Program.cs(7,41): error CS0234: The name 'JobDefinition' does not exist. [/own/infra/Own.csproj]
            /own/infra/Program.cs(9,1): warning CS0219: The variable 'x' is assigned. [/own/infra/Own.csproj]

            Build FAILED.

            /own/infra/Program.cs(7,41): error CS0234: The name 'JobDefinition' does not exist. [/own/infra/Own.csproj]
                0 Warning(s)
                1 Error(s)

            Time Elapsed 00:00:07.59
            """);

        Assert.Equal(
            "/own/infra/Program.cs(7,41): error CS0234: The name 'JobDefinition' does not exist. " +
            "[/own/infra/Own.csproj]",
            text);
    }

    [Fact]
    public void Validation_of_a_stack_is_there_without_the_trace_of_the_program_that_ran_it()
    {
        var text = FailureText.Of(
            """
            Unhandled exception. System.Exception: Error: Validation failed with the following errors:
              [own/Jobs/bad] Job 'bad': Fargate has no 100 MiB with 512 CPU units.
               at Amazon.JSII.Runtime.Services.Client.TryDeserialize[TResponse](String responseJson)
               at Program.<Main>$(String[] args) in /own/infra/Program.cs:line 8
            Aborted (core dumped)

            """);

        Assert.Equal(
            """
            Validation failed with the following errors:
              [own/Jobs/bad] Job 'bad': Fargate has no 100 MiB with 512 CPU units.
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Error_of_a_node_program_is_there_without_its_frames()
    {
        var text = FailureText.Of(
            "Error: Cannot find module 'aws-cdk-lib'\n    at Module._resolveFilename (node:internal/modules:1:2)\n");

        Assert.Equal("Error: Cannot find module 'aws-cdk-lib'", text);
    }
}
