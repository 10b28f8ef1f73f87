using System.CommandLine;

namespace Jobs.Cli.Commands;

internal static class RunArgument
{
    public static Argument<string> Create() =>
        new("run")
        {
            Description =
                "Id of the run, <job>/<key>, or as much of its beginning, with or without the job, as is unique.",
        };
}
