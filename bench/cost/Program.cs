using Jobs.Bench.Cost;
using Jobs.Local.Ground;
using Jobs.Local.Output;
using Spectre.Console;

var screen = Screen.Create();
var workspace = Workspace.Find();
var folder = Directory.CreateTempSubdirectory("jobs-cost-stack-").FullName;
try
{
    var assembly = Path.Combine(folder, "measured");
    var template = CostStack.Synthesize(workspace, assembly);
    var idle = new IdleBill(CostStack.Synthesize(workspace, Path.Combine(folder, "samples"), hasOwnJobs: false));
    var measurement = new Measurement(workspace, assembly, template, TimeProvider.System);
    var (paths, shared) = await measurement.RunAsync(CancellationToken.None);
    foreach (var path in paths) Report.PrintCalls(screen, path);
    Report.PrintBudgets(screen, paths);
    var functions = DeployedFunctions.Of(template);
    var bills = paths.Where(path => Budgets.Of(path.Name).MostDollars is not null)
        .ToDictionary(path => path.Name, path => new Bill(path, functions));
    foreach (var bill in bills.Values) bill.Print(screen);
    if (!functions.IsNative)
    {
        screen.WriteLine("With FunctionRuntime=Native in the environment, dollars are checked too.");
    }

    var files = new SmallFiles(bills[Budgets.Upload].Dollars / 1e6, shared);
    files.Print(screen);
    idle.Print(screen);
    List<string> excesses =
    [
        .. paths.Select(path => Budgets.Of(path.Name).Excess(path.Units)).OfType<string>(),
        .. bills.Values.Select(bill => bill.Excess()).OfType<string>(),
        .. files.Excesses(),
        .. idle.Excess() is { } dear ? [dear] : Array.Empty<string>(),
    ];
    foreach (var excess in excesses) Console.Error.WriteLine(excess);
    return excesses.Count == 0 ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
