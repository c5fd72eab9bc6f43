# The plan above says what to make; from here on it is the same for every register.
$ErrorActionPreference = 'Stop'
$AutoNumber = 16
$NotEnforced = 2
$OpenDynaset = 2
$FormObject = 2
$ReportObject = 3
$TableObject = 0

function New-Column($Table, $Column) {
    $field = $Table.CreateField($Column.name, $Column.type)
    if ($Column.size -gt 0) { $field.Size = $Column.size }
    if ($Column.auto) { $field.Attributes = $field.Attributes -bor $AutoNumber }
    $Table.Fields.Append($field)
}

function New-Index($Table, $Index) {
    $made = $Table.CreateIndex($Index.name)
    $made.Primary = $Index.primary
    $made.Unique = $Index.unique
    $made.IgnoreNulls = $Index.unique -and -not $Index.primary
    $made.Fields.Append($made.CreateField($Index.column))
    $Table.Indexes.Append($made)
}

function New-Table($Database, $Description) {
    $table = $Database.CreateTableDef($Description.name)
    foreach ($column in $Description.columns) { New-Column $table $column }
    foreach ($index in $Description.indexes) { New-Index $table $index }
    $Database.TableDefs.Append($table)
}

function ConvertTo-Cell($Value, $Type) {
    if ($null -eq $Value) { return [DBNull]::Value }
    $plain = [Globalization.CultureInfo]::InvariantCulture
    switch ($Type) {
        5 { return [decimal]::Parse($Value, $plain) }
        8 { return [datetime]::ParseExact($Value, 'yyyy-MM-dd', $plain) }
        default { return $Value }
    }
}

function Add-Rows($Database, $Description) {
    $records = $Database.OpenRecordset($Description.name, $OpenDynaset)
    foreach ($row in $Description.rows) {
        $records.AddNew()
        for ($n = 0; $n -lt $Description.columns.Count; $n++) {
            $column = $Description.columns[$n]
            if (-not $column.auto) {
                $records.Fields.Item($column.name).Value = ConvertTo-Cell $row[$n] $column.type
            }
        }
        $records.Update()
    }
    $records.Close()
}

function Set-Property($Owner, $Name, $Type, $Value) {
    if ($Name -in 'Required', 'DefaultValue', 'ValidationRule', 'ValidationText', 'AllowZeroLength') {
        $Owner.$Name = $Value
    }
    else {
        $Owner.Properties.Append($Owner.CreateProperty($Name, $Type, $Value))
    }
}

# The rules come after the rows: they are for what people type.
function Set-Properties($Database, $Description) {
    $table = $Database.TableDefs.Item($Description.name)
    foreach ($column in $Description.columns) {
        $field = $table.Fields.Item($column.name)
        foreach ($property in $column.properties) {
            Set-Property $field $property.name $property.type $property.value
        }
    }
    foreach ($property in $Description.properties) {
        Set-Property $table $property.name $property.type $property.value
    }
}

function New-Relation($Database, $Relation) {
    $attributes = if ($Relation.enforced) { 0 } else { $NotEnforced }
    $made = $Database.CreateRelation($Relation.name, $Relation.to_table, $Relation.table, $attributes)
    $field = $made.CreateField($Relation.to_column)
    $field.ForeignName = $Relation.column
    $made.Fields.Append($field)
    $Database.Relations.Append($made)
}

function Import-Text($Access, $Kind, $Object) {
    $file = [IO.Path]::GetTempFileName()
    [IO.File]::WriteAllText($file, ($Object.text -replace "`r?`n", "`r`n"), [Text.Encoding]::Unicode)
    $Access.LoadFromText($Kind, $Object.name, $file)
    Remove-Item $file
}

if (-not $Target) { $Target = Join-Path $PSScriptRoot $Plan.file }
$Target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Target)
if (Test-Path -LiteralPath $Target) { throw "$($Plan.texts.exists) $Target" }
try { $access = New-Object -ComObject Access.Application } catch { throw $Plan.texts.no_access }
try {
    $access.NewCurrentDatabase($Target)
    $database = $access.CurrentDb()
    foreach ($table in $Plan.tables) { New-Table $database $table }
    foreach ($table in $Plan.tables) { Add-Rows $database $table }
    foreach ($table in $Plan.tables) { Set-Properties $database $table }
    foreach ($relation in $Plan.relations) { New-Relation $database $relation }
    foreach ($query in $Plan.queries) { [void]$database.CreateQueryDef($query.name, $query.sql) }
    foreach ($form in $Plan.forms) { Import-Text $access $FormObject $form }
    foreach ($report in $Plan.reports) { Import-Text $access $ReportObject $report }
    foreach ($table in $Plan.tables) {
        if ($table.hidden) { $access.SetHiddenAttribute($TableObject, $table.name, $true) }
    }
    $access.CloseCurrentDatabase()
}
catch {
    $access.Quit()
    Remove-Item -LiteralPath $Target -ErrorAction SilentlyContinue
    throw
}
$access.Quit()
Write-Output "$($Plan.texts.done) $Target"
