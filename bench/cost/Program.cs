using System.Text.Json.Nodes;
using Jobs.Bench.Cost;
using Jobs.Local.Ground;
using Jobs.Local.Output;

const double MostDollars = 10;

var screen = Screen.Create();
var workspace = Workspace.Find();
var folder = Directory.CreateTempSubdirectory("jobs-cost-stack-").FullName;
try
{
    CostStack.Synthesize(workspace, folder);
    var template = JsonNode.Parse(File.ReadAllText(Directory.GetFiles(folder, "*.template.json").Single()))!.AsObject();
    var measurement = new Measurement(workspace, folder, template, TimeProvider.System);
    var (paths, shared) = await measurement.RunAsync(CancellationToken.None);
    foreach (var path in paths) Report.PrintCalls(screen, path);
    Report.PrintBudgets(screen, paths);
    var bill = new Bill(paths.Single(path => path.Name == Budgets.Upload), FunctionMemory.GigabytesOf(template));
    bill.Print(screen);
    var files = new SmallFiles(bill.Dollars / 1e6, shared);
    files.Print(screen);
    var excesses = paths.Select(path => Budgets.Of(path.Name).Excess(path.Units)).OfType<string>().ToList();
    if (bill.Dollars >= MostDollars)
    {
        excesses.Add(FormattableString.Invariant(
            $"Over budget: a million uploads cost ${bill.Dollars:0.00}, and not less than ${MostDollars}."));
    }

    excesses.AddRange(files.Excesses());
    foreach (var excess in excesses) Console.Error.WriteLine(excess);
    return excesses.Count == 0 ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
