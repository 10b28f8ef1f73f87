using System.CommandLine;
using Jobs.Local.Commands;
using Jobs.Local.Output;

Console.SetOut(new LastingWriter(Console.Out));
var root = new RootCommand(
    "The jobs stack on this machine: the synthesized template, without Docker and without an AWS account.")
{
    DemoCommand.Create(),
    UpCommand.Create(),
    UiCommand.Create(),
};
ToolHelp.AddTo(root);
// Tasks get SIGTERM and their stop timeout, functions end what they are at: more than the two seconds of the default.
var patience = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) };
return await root.Parse(args).InvokeAsync(patience);
