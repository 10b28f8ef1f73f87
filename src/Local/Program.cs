using System.CommandLine;
using Jobs.Local.Commands;

var root = new RootCommand("The jobs stack on this machine: the synthesized template, without Docker and without an AWS account.")
{
    DemoCommand.Create(),
    UpCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
